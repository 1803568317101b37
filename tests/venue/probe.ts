/** Runs as the node's unit would, tries what a node needs and what it must not be able to do, and prints JSON. */
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { availableParallelism, networkInterfaces, totalmem } from 'node:os'
import { DatabaseSync } from 'node:sqlite'
import { Worker } from 'node:worker_threads'
import { BoardLight } from '../../node/technician/board-light.ts'

/** What came of it: a value, or the code of the error. */
async function outcome(work: () => unknown): Promise<unknown> {
  try {
    return await work()
  } catch (error) {
    // The code is the result: EPERM, EROFS and the like are what the test asks for.
    return (error as NodeJS.ErrnoException).code ?? String(error)
  }
}

/** Long enough for V8 to write optimised machine code, which needs memory that is writable and executable. */
function hotLoop(): boolean {
  let sum = 0
  for (let i = 0; i < 5e7; i++) sum = (sum + i * 7) % 1_000_003
  return sum > 0
}

async function viaTcp(host: string): Promise<string> {
  const server = createServer((socket) => socket.end('hello'))
  server.listen(0, host)
  await once(server, 'listening')
  const address = server.address()
  const socket = connect(typeof address === 'object' ? (address?.port ?? 0) : 0, host)
  let text = ''
  for await (const part of socket) text += String(part)
  server.close()
  return text
}

async function sendTo(address: string): Promise<string> {
  const socket = createSocket('udp4')
  try {
    await new Promise<void>((sent, failed) => {
      socket.send('x', 5353, address, (error) => (error === null ? sent() : failed(error)))
    })
    return 'sent'
  } finally {
    socket.close()
  }
}

function useDatabase(path: string): boolean {
  const database = new DatabaseSync(path)
  database.exec('pragma journal_mode = wal; create table a (b); insert into a values (1)')
  const row = database.prepare('select b from a').get()
  database.close()
  return row?.['b'] === 1
}

async function inWorker(): Promise<unknown> {
  const worker = new Worker(`require('node:worker_threads').parentPort.postMessage('worked')`, { eval: true })
  const [message]: unknown[] = await once(worker, 'message')
  return message
}

const results = {
  uid: process.getuid?.(),
  optimises: await outcome(hotLoop),
  worker: await outcome(inWorker),
  database: await outcome(() => useDatabase('probe.sqlite')),
  interfaces: Object.keys(networkInterfaces()).toSorted(),
  parallelism: availableParallelism() > 0,
  memory: totalmem() > 0,
  tcp: await outcome(() => viaTcp('192.168.77.1')),
  mdns: await outcome(() => sendTo('224.0.0.251')),
  neighbour: await outcome(() => sendTo('192.168.77.2')),
  internet: await outcome(() => sendTo('203.0.113.9')),
  writeProgram: await outcome(() => writeFileSync('/opt/mesh-art/current/x', '')),
  writeConfig: await outcome(() => writeFileSync('/etc/mesh-art-probe', '')),
  writeHome: await outcome(() => mkdirSync('/home/x')),
  readHome: await outcome(() => readFileSync('/root/.profile', 'utf8').length),
  readShadow: await outcome(() => readFileSync('/etc/shadow', 'utf8').length),
  light: await outcome(() => new BoardLight().blink(60_000)),
  lightItself: await outcome(() => writeFileSync('/sys/class/leds/ACT/brightness', '1')),
  otherLight: await outcome(() => writeFileSync('/sys/class/leds/PWR/trigger', 'none')),
  capabilities: /^CapEff:\s*(\w+)$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1],
  seccomp: /^Seccomp:\s*(\d)$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1],
}

writeFileSync(1, `${JSON.stringify(results)}\n`)
