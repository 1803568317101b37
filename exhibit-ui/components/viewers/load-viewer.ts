import type { Medium } from '../../../node/http/contract.ts'

/** Each viewer comes when the first work of its medium is opened. */
export async function loadViewer(medium: Medium): Promise<void> {
  switch (medium) {
    case 'image':
      await import('./image-viewer.ts')
      return
    case 'images':
      await import('./images-viewer.ts')
      return
    case 'audio':
      await import('./audio-viewer.ts')
      return
    case 'video':
      await import('./video-viewer.ts')
      return
    case 'text':
      await import('./text-viewer.ts')
      return
    case 'interactive':
      await import('./interactive-viewer.ts')
      return
    case 'model':
      await import('./model-viewer.ts')
      return
    case 'pdf':
      await import('./pdf-viewer.ts')
  }
}
