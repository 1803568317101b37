export interface Finding {
  /** As it lies on the node. */
  readonly path: string
  readonly tool: string
  /** What the tool said, one line. */
  readonly said: string
}

/** A tool that is not on this machine: what it would have said is not known. */
export class MissingTool extends Error {
  override readonly name = 'MissingTool'
  readonly command: string
  readonly package: string

  constructor(command: string, debianPackage: string) {
    super(`${command} is not installed: apt-get install ${debianPackage}`)
    this.command = command
    this.package = debianPackage
  }
}
