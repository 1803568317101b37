import { fromString } from 'uint8arrays/from-string'
import { openValue, sameBytes } from '../../../artworks/format/envelope.ts'
import { digestOfLetGo } from '../../../artworks/format/let-go.ts'
import type { WithdrawalView } from '../../../node/http/contracts/studio.ts'

export interface Receipt {
  readonly id: string
  readonly name: string
  /** `signed`: this browser has checked that the node signed that it has let go of the work. */
  readonly state: 'signed' | 'forged' | 'none'
}

/** Checks what each node is said to have signed; nobody's word is taken for it, not that of the node that passes it on. */
export async function checkReceipts({ work, nodes, lists }: WithdrawalView): Promise<Receipt[]> {
  const receipts: Receipt[] = []
  for (const { id, name, receipt } of nodes) {
    if (receipt === undefined) receipts.push({ id, name, state: 'none' })
    else {
      const works = lists[receipt.list] ?? []
      const isSigned = works.includes(work) && (await hasSigned(id, receipt.status, works))
      receipts.push({ id, name, state: isSigned ? 'signed' : 'forged' })
    }
  }
  return receipts
}

async function hasSigned(id: string, status: string, works: readonly string[]): Promise<boolean> {
  try {
    const { signer, value } = await openValue(fromString(status.replace(/=+$/, ''), 'base64'))
    const { kind, letGo } = value as { kind?: unknown; letGo?: unknown }
    return (
      signer === id &&
      kind === 'status' &&
      letGo instanceof Uint8Array &&
      sameBytes(letGo, digestOfLetGo(works))
    )
  } catch {
    // No envelope, or a signature that does not match: either way nobody signed this.
    return false
  }
}
