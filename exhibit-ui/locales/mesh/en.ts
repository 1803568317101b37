import type { MeshMessages } from './nl.ts'

/** Words for the way of a work through the network, and for the drawing. */
export const en: MeshMessages = {
  forms: {
    here: 'where you are',
    neighbour: 'neighbour of this node',
    reachable: 'through a neighbour',
    silent: 'slow or not heard',
    flow: 'something comes in this way now',
    listening: 'listens for neighbours',
  },
  aloneSummary: 'One node, no links yet',
  heading: 'Follow a work',
  intro: 'Choose a work: the drawing shows where it is, and by which way it came here.',
  choose: 'Work',
  none: 'Choose a work',
  whole: (complete, nodes) =>
    nodes === 1
      ? complete === 1
        ? 'It is complete on this node.'
        : 'It is not yet complete on this node.'
      : `It is complete on ${complete} of ${nodes} nodes.`,
  broughtAt: (name) => `It was brought in at ${name}.`,
  broughtHere: 'It was brought in here.',
  brought: 'brought in here',
  cameFrom: (names) => `It came here from ${names}.`,
  notFetched: 'Since this node started it had nothing to fetch.',
  comesFrom: (names) => `It comes in from ${names} now.`,
  toWork: 'See the work',
  thisWork: 'This work',
  where: 'Where this work is',
}
