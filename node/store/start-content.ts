import type { Logger } from 'pino'
import type { Catalogue } from '../../artworks/format/catalogue.ts'
import type { NodeEventBus } from '../lifecycle/events.ts'
import type { ServiceStack } from '../lifecycle/service-stack.ts'
import type { ChunkStore } from './chunk-store.ts'
import { DagHoldings } from './dag-holdings.ts'
import { ExhibitionContent } from './exhibition-content.ts'
import { ReadThrough } from './read-through.ts'

export interface ContentInit {
  readonly catalogue: Catalogue
  readonly chunks: ChunkStore
  readonly events: NodeEventBus
  readonly logger: Logger
}

/** Starts what follows the content of the exhibition: what is held of it, what is to be held, what is read of it now. */
export async function startContent(
  { catalogue, chunks, events, logger }: ContentInit,
  stack: ServiceStack,
): Promise<{ holdings: DagHoldings; content: ExhibitionContent; reads: ReadThrough }> {
  const holdings = new DagHoldings({ chunks, events, logger: logger.child({ part: 'holdings' }) })
  const content = new ExhibitionContent({
    catalogue,
    holdings,
    chunks,
    events,
    logger: logger.child({ part: 'content' }),
  })
  const reads = new ReadThrough({ chunks, events })
  holdings.start()
  stack.onStop(() => holdings.stop())
  reads.start()
  stack.onStop(() => reads.stop())
  await content.start()
  stack.onStop(() => content.stop())
  return { holdings, content, reads }
}
