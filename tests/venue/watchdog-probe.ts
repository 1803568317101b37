import { setTimeout } from 'node:timers/promises'
import { ServiceNotifier } from '../../node/cli/service-notifier.ts'

/** A program that is ready, lives for a while, and then does what it is told to: ends, or hangs. */
const notifier = new ServiceNotifier()
notifier.start()
notifier.ready('alive')
process.stdout.write('started\n')
await setTimeout(9_000)
process.stdout.write('lived\n')
if (process.argv[2] === 'hang') for (;;);
notifier.stopping()
