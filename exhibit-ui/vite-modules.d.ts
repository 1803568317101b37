/** What Vite makes of an import with a question mark. */
declare module '*?worker' {
  const MadeWorker: new () => Worker
  export default MadeWorker
}
declare module '*?worker&url' {
  const address: string
  export default address
}
declare module '*?url' {
  const address: string
  export default address
}
declare module '*.css?inline' {
  const styles: string
  export default styles
}
declare module 'subset-font' {
  interface Options {
    readonly targetFormat: 'woff2'
    readonly variationAxes: Readonly<Record<string, number | { min: number; max: number; default: number }>>
  }
  export default function subsetFont(font: Uint8Array, letters: string, options: Options): Promise<Uint8Array>
}
