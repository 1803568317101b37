/** Of the collection: what comes from the far node. */
export const work = 'gemiddeld-genomen'
