import { execFile } from 'node:child_process'

const NOTIFY_MS = 10_000

type Environment = Readonly<Partial<Record<'NOTIFY_SOCKET' | 'WATCHDOG_USEC', string>>>
type Notify = (...assignments: string[]) => void

/**
 * Tells systemd that the program is ready, and that it is alive (sd_notify(3), sd_watchdog_enabled(3)): from a timer of the event
 * loop, so that a loop that hangs says nothing and is ended. Node has no datagram sockets of the kind systemd listens on, so the
 * words go by `systemd-notify`: a process of a few milliseconds, twice in the watchdog's time.
 */
export class ServiceNotifier {
  readonly #environment: Environment
  readonly #notify: Notify
  #timer: NodeJS.Timeout | undefined
  #isReady = false

  constructor(environment: Environment = process.env, notify: Notify = notifySystemd) {
    this.#environment = environment
    this.#notify = notify
  }

  start(): void {
    const { NOTIFY_SOCKET: socket, WATCHDOG_USEC: watchdog } = this.#environment
    const everyMs = Number(watchdog) / 2000
    if (socket === undefined || !(everyMs > 0)) return
    this.#timer = setInterval(() => this.#notify('WATCHDOG=1'), everyMs)
    this.#timer.unref()
  }

  /** It does what it is there for; said once. @param status a line for `systemctl status`, each time */
  ready(status: string): void {
    if (this.#environment.NOTIFY_SOCKET === undefined) return
    const line = `STATUS=${status.replaceAll('\n', ' ')}`
    if (this.#isReady) this.#notify(line)
    else this.#notify('READY=1', line)
    this.#isReady = true
  }

  stopping(): void {
    clearInterval(this.#timer)
    this.#timer = undefined
    if (this.#environment.NOTIFY_SOCKET !== undefined) this.#notify('STOPPING=1')
  }
}

function notifySystemd(...assignments: string[]): void {
  execFile('systemd-notify', assignments, { timeout: NOTIFY_MS }, (error) => {
    // Without systemd's own tool nobody can be told; systemd then ends the program, and its log shows this line.
    if (error !== null)
      process.stderr.write(`mesh-art: systemd could not be told: ${error.message.split('\n')[0] ?? ''}\n`)
  })
}
