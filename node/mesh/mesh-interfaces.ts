import { networkInterfaces } from 'node:os'

/** An address of the machine, and the interface that has it. */
export interface NamedAddress {
  readonly name: string
  readonly address: string
}

/** Interfaces that are a mesh by their name: batman-adv's, and 802.11s's as this project's images name it. */
const MESH = /^(bat|mesh)\d+$/
/** Interfaces behind which no other node is: hotspots for visitors, what joins containers and virtual machines, tunnels to elsewhere. */
const ELSEWHERE = /^((hotspot|uap|ap|docker|virbr|lxcbr|wg|tun)\d+|br-[0-9a-f]{12}|(veth|cni|podman).*)$/

/**
 * Which of the machine's addresses other nodes are told, of a node that listens at all of them: those of the interface that is chosen;
 * else of interfaces that are a mesh by their name; else of all behind which nodes may be.
 */
export function meshAddresses(all: readonly NamedAddress[], chosen?: string): string[] {
  const of = (which: (name: string) => boolean): string[] =>
    all.filter(({ name }) => which(name)).map(({ address }) => address)
  if (chosen !== undefined) return of((name) => name === chosen)
  const mesh = of((name) => MESH.test(name))
  return mesh.length > 0 ? mesh : of((name) => !ELSEWHERE.test(name))
}

/** What the machine has now. */
export function machineAddresses(): NamedAddress[] {
  return Object.entries(networkInterfaces()).flatMap(([name, list]) =>
    (list ?? []).map(({ address }) => ({ name, address })),
  )
}
