/** A page knows its title only after it has fetched what it shows. */
export class TitleEvent extends Event {
  static readonly eventName = 'gallery-title'
  readonly title: string
  constructor(title: string) {
    super(TitleEvent.eventName, { bubbles: true, composed: true })
    this.title = title
  }
}
