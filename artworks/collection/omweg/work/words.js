'use strict'

/** The words on the page, in the visitor's language; the work itself needs none. */
globalThis.words = (() => {
  const dutch = {
    lang: 'nl',
    label:
      'Een net van knooppunten. Pijltjestoetsen: kies een knooppunt. Enter: vertel iets. X: knip alle lijnen rond dit knooppunt. H: heel het net.',
    hint: 'Tik: vertel iets. Veeg: knip lijnen.',
    heal: 'Heel',
    pulse: 'Vertel vanzelf',
    node: (place, links, known) =>
      `Knooppunt ${place}, ${links} ${links === 1 ? 'lijn' : 'lijnen'}, weet ${known} van 6.`,
    state: (know, all, parts) => {
      if (know === 0) return 'Nog niemand weet iets.'
      const spread = know === all ? `Alle ${all} weten het` : `${know} van ${all} weten het`
      return parts > 1 ? `${spread} · ${parts} eilanden` : `${spread}.`
    },
  }
  const english = {
    lang: 'en',
    label:
      'A net of nodes. Arrow keys: choose a node. Enter: tell something. X: cut all lines around this node. H: heal the net.',
    hint: 'Tap: tell something. Swipe: cut lines.',
    heal: 'Heal',
    pulse: 'Tell by itself',
    node: (place, links, known) =>
      `Node ${place}, ${links} ${links === 1 ? 'line' : 'lines'}, knows ${known} of 6.`,
    state: (know, all, parts) => {
      if (know === 0) return 'Nobody knows anything yet.'
      const spread = know === all ? `All ${all} know` : `${know} of ${all} know`
      return parts > 1 ? `${spread} · ${parts} islands` : `${spread}.`
    },
  }
  return navigator.language.toLowerCase().startsWith('nl') ? dutch : english
})()
