/** Seeds that once broke something, or were hardest on what they found: what it was, for whoever wonders. */
export const worstSeeds: readonly { readonly seed: number; readonly found: string }[] = [
  { seed: 2, found: 'a chunk that was being written when its work was withdrawn stayed' },
  { seed: 3, found: 'the same' },
  {
    seed: 4,
    found: 'leaves of a withdrawn work came back with the power, without the root that leads to them',
  },
  { seed: 6, found: 'ten chunks in flight outlived their withdrawal' },
  {
    seed: 17,
    found: 'a work admitted after it was uploaded was never offered to neighbours that came in between',
  },
  { seed: 22, found: 'a full disk in the middle of an introduction left half a membership for ever' },
  { seed: 28, found: 'all gossip lost at one node' },
  { seed: 30, found: 'a rotten root, and then a withdrawal' },
  { seed: 42, found: 'rot, and then new cards at both other nodes' },
  {
    seed: 98118181,
    found: 'a chunk that came between letting go of its work and taking back the request stayed for good',
  },
  { seed: 862253964, found: 'works that nobody had took the room of one that somebody had' },
  { seed: 1687916199, found: 'a node let go of a work whose withdrawal it had not heard of' },
  {
    seed: 1343329523,
    found: 'two nodes waited for each other by an old have; a shared chunk waited for a withdrawn work',
  },
  { seed: 52751901, found: 'the nearest on the way was deaf, and asked again before another' },
  { seed: 519441337, found: 'while something nobody has was sought, what was to come later never came' },
  {
    seed: 301958499,
    found: 'a leaf that two works share was asked for in the turn before it was found here',
  },
  { seed: 936940721, found: 'what was far was never fetched while something nobody has was being sought' },
  { seed: 32536665, found: 'the check counted the files of two works twice, which are kept once' },
  { seed: 1359511273, found: 'requests went in a circle around a silent member' },
  {
    seed: 1484449256,
    found: 'the only neighbour on the way had stalled once, and was never asked for what is far again',
  },
]
