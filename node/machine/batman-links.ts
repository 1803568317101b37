import * as v from 'valibot'

/** Transmission quality of a link that loses nothing (batman-adv's BATADV_TQ_MAX_VALUE). */
const BEST_QUALITY = 255

const originators = v.array(
  v.object({
    orig_address: v.string(),
    best: v.optional(v.boolean()),
    /** Of B.A.T.M.A.N. IV, of 255. */
    tq: v.optional(v.number()),
    /** Of B.A.T.M.A.N. V, in kbit/s. */
    throughput: v.optional(v.number()),
  }),
)
const clients = v.array(
  v.object({ tt_address: v.string(), orig_address: v.string(), best: v.optional(v.boolean()) }),
)
const neighbours = v.array(v.object({ dst: v.string(), lladdr: v.optional(v.string()) }))

/** What batman-adv and the kernel know, as text. */
export interface BatmanTexts {
  /** Of `batctl meshif bat0 originators_json`: the nodes' radios, and how well each is reached. */
  readonly originators: string
  /** Of `batctl meshif bat0 transtable_global_json`: behind which radio an address of the network is. */
  readonly clients: string
  /** Of `ip -json neighbour show dev bat0`: which address of the network an IP address has. */
  readonly neighbours: string
}

/**
 * How well other nodes are reached over batman-adv, by IP address, in (0, 1]: the share of what is sent on the best way to it that
 * arrives, over all hops; with B.A.T.M.A.N. V the throughput of that way, beside that to the node that is reached best. Empty where one
 * of the texts is not what it should be.
 */
export function batmanLinks(texts: BatmanTexts): Map<string, number> {
  const quality = new Map<string, number>()
  const ways = parsed(originators, texts.originators).filter(({ best }) => best === true)
  const mostThroughput = Math.max(...ways.map(({ throughput = 0 }) => throughput))
  for (const { orig_address, tq, throughput = 0 } of ways) {
    const share = tq === undefined ? throughput / mostThroughput : tq / BEST_QUALITY
    if (share > 0 && share <= 1) quality.set(orig_address.toLowerCase(), share)
  }
  const radios = new Map<string, string>()
  for (const { tt_address, orig_address, best } of parsed(clients, texts.clients))
    if (best === true) radios.set(tt_address.toLowerCase(), orig_address.toLowerCase())
  const links = new Map<string, number>()
  for (const { dst, lladdr } of parsed(neighbours, texts.neighbours)) {
    const share = quality.get(radios.get(lladdr?.toLowerCase() ?? '') ?? '')
    if (share !== undefined) links.set(dst, share)
  }
  return links
}

function parsed<S extends v.GenericSchema>(schema: S, text: string): v.InferOutput<S> | [] {
  try {
    const result = v.safeParse(schema, JSON.parse(text))
    return result.success ? result.output : []
  } catch {
    // Too old for JSON, it says so in words.
    return []
  }
}
