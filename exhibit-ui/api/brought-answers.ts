/** An answer is as good as one just given for so long; what nobody has asked for by then is asked of the node. */
const freshMs = 10_000

interface Brought {
  /** The event after which the answers were true. */
  since: string
  answers: Record<string, unknown>
}

let brought = read()

/** What the node sent along in the page: each answer once, and none after something has changed. */
export function takeBrought(address: string): unknown {
  if (brought === undefined || performance.now() > freshMs) return undefined
  const { [address]: answer, ...answers } = brought.answers
  brought = { ...brought, answers }
  return answer
}

export function isBrought(address: string): boolean {
  return brought !== undefined && Object.hasOwn(brought.answers, address)
}

/** Where the stream of events goes on from; undefined where nothing was brought, and then all is asked. */
export const broughtSince = brought?.since

export function forgetBrought(): void {
  brought = undefined
}

function read(): Brought | undefined {
  const text = document.querySelector('script#brought')?.textContent
  if (text === undefined || text === null) return undefined
  try {
    return JSON.parse(text) as Brought
  } catch {
    // Cut off half-way: the page asks for itself.
    return undefined
  }
}
