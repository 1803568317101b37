/**
 * `GET /renditions/{root}/{width}/{path}`: an image of a shown work in a smaller width; an original that is narrower comes in its
 * own. The path is that of `/works/{root}/{path}`. AVIF (up to 1600 pixels), WebP or JPEG, by what `Accept` names, immutable; where
 * there is no rendition, a redirect to the original. So any image of a work may be put in a `srcset` with these widths.
 */
export type RenditionWidth = 320 | 480 | 728 | 800 | 1088 | 1600 | 2560
