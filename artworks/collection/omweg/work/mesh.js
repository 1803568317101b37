'use strict'

/**
 * The mesh, without a picture and without a clock of its own.
 * What a node knows is six places, each empty or holding the latest message told for that place.
 * Two nodes that meet keep, for each place, the later of the two. So the order in which messages
 * come in does not matter, nor the way they took: nodes that have heard the same are the same.
 */
globalThis.Mesh = (() => {
  const places = 6

  function seeded(seed) {
    let state = seed >>> 0
    return () => {
      state = (state + 0x6d2b79f5) >>> 0
      let mixed = Math.imul(state ^ (state >>> 15), state | 1)
      mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
      return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
    }
  }

  /** Nodes on a loosened honeycomb that fills the field. */
  function scatter(width, height, random) {
    const spacing = Math.max(60, Math.min(118, Math.sqrt((width * height) / 66)))
    const edge = spacing * 0.52
    const columns = Math.max(3, Math.round((width - edge * 2) / spacing) + 1)
    const rows = Math.max(3, Math.round((height - edge * 2) / (spacing * 0.88)) + 1)
    const across = (width - edge * 2) / (columns - 0.5)
    const down = (height - edge * 2) / (rows - 1)
    const nodes = []
    for (let row = 0; row < rows; row += 1) {
      for (let column = 0; column < columns; column += 1) {
        const shift = row % 2 === 0 ? 0 : 0.5
        const x = edge + (column + shift + (random() - 0.5) * 0.42) * across
        const y = edge + (row + (random() - 0.5) * 0.42) * down
        nodes.push({
          x: Math.min(width - edge, Math.max(edge, x)),
          y: Math.min(height - edge, Math.max(edge, y)),
          knows: Array.from({ length: places }, () => 0),
          grown: Array.from({ length: places }, () => 1),
          links: [],
        })
      }
    }
    return { nodes, spacing: Math.min(across, down / 0.88) }
  }

  /** Two nodes are neighbours if no third lies in the circle between them (Gabriel graph). */
  function weave(nodes, reach) {
    const links = []
    for (let a = 0; a < nodes.length; a += 1) {
      for (let b = a + 1; b < nodes.length; b += 1) {
        const from = nodes[a]
        const to = nodes[b]
        const x = (from.x + to.x) / 2
        const y = (from.y + to.y) / 2
        const radius = ((from.x - to.x) ** 2 + (from.y - to.y) ** 2) / 4
        if (radius * 4 > reach * reach) continue
        const free = nodes.every(
          (node, index) => index === a || index === b || (node.x - x) ** 2 + (node.y - y) ** 2 >= radius,
        )
        if (!free) continue
        const link = { a, b, whole: true, cutAt: 0, cutPlace: 0.5, drawn: 1, carried: -1e9, inUse: 0 }
        links.push(link)
        from.links.push(link)
        to.links.push(link)
      }
    }
    return links
  }

  function create(width, height) {
    const random = seeded(1984)
    const { nodes, spacing } = scatter(width, height, random)
    const links = weave(nodes, spacing * 1.9)
    return { width, height, spacing, nodes, links, parcels: [], stamp: 0, random, origin: -1 }
  }

  /** Under way from one node to a neighbour: one message. */
  function send(mesh, from, slot, now) {
    const node = mesh.nodes[from]
    for (const link of node.links) {
      if (!link.whole) continue
      const to = link.a === from ? link.b : link.a
      const stamp = node.knows[slot]
      if (mesh.nodes[to].knows[slot] >= stamp) continue
      if (
        mesh.parcels.some(
          (parcel) =>
            parcel.to === to && parcel.slot === slot && parcel.stamp >= stamp && parcel.link === link,
        )
      )
        continue
      const other = mesh.nodes[to]
      const length = Math.hypot(other.x - node.x, other.y - node.y)
      mesh.parcels.push({
        link,
        from,
        to,
        slot,
        stamp,
        start: now + mesh.random() * 260,
        lasts: 260 + length * 3.4,
      })
    }
  }

  function learn(mesh, index, slot, stamp, now) {
    const node = mesh.nodes[index]
    if (node.knows[slot] >= stamp) return false
    node.knows[slot] = stamp
    node.grown[slot] = 0
    send(mesh, index, slot, now)
    return true
  }

  /** Someone tells something new at this node; it takes the place of the oldest message. */
  function tell(mesh, index, now) {
    mesh.stamp += 1
    const slot = (mesh.stamp - 1) % places
    mesh.origin = index
    learn(mesh, index, slot, mesh.stamp, now)
  }

  function cut(link, place, now) {
    if (!link.whole) return false
    link.whole = false
    link.cutAt = now
    link.cutPlace = Math.min(0.75, Math.max(0.25, place))
    return true
  }

  /** Two ends find each other, and tell each other what the other missed. */
  function mend(mesh, link, now) {
    if (link.whole) return
    link.whole = true
    link.cutAt = now
    for (let slot = 0; slot < places; slot += 1) {
      send(mesh, link.a, slot, now)
      send(mesh, link.b, slot, now)
    }
  }

  /** Moves the parcels on. True while anything is under way. */
  function advance(mesh, now) {
    const left = []
    const arrived = []
    for (const parcel of mesh.parcels) {
      if (!parcel.link.whole) continue
      if (now >= parcel.start + parcel.lasts) arrived.push(parcel)
      else left.push(parcel)
    }
    mesh.parcels = left
    for (const parcel of arrived) {
      parcel.link.carried = now
      learn(mesh, parcel.to, parcel.slot, parcel.stamp, now)
    }
    return mesh.parcels.length > 0
  }

  /** In how many parts the mesh has fallen. */
  function islands(mesh) {
    const seen = new Set()
    let count = 0
    mesh.nodes.forEach((_, start) => {
      if (seen.has(start)) return
      count += 1
      const queue = [start]
      seen.add(start)
      while (queue.length > 0) {
        const at = queue.pop()
        for (const link of mesh.nodes[at].links) {
          const next = link.a === at ? link.b : link.a
          if (!link.whole || seen.has(next)) continue
          seen.add(next)
          queue.push(next)
        }
      }
    })
    return count
  }

  /** How many nodes have heard the newest message. */
  function informed(mesh) {
    if (mesh.stamp === 0) return 0
    const slot = (mesh.stamp - 1) % places
    return mesh.nodes.filter((node) => node.knows[slot] === mesh.stamp).length
  }

  return { places, create, tell, cut, mend, advance, islands, informed }
})()
