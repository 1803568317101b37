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
