/** A viewer could not show the work. Of one that is not all here, that is no fault: it opens again when it is. */
export class WorkFailedEvent extends Event {
  static readonly eventName = 'work-failed'
  constructor() {
    super(WorkFailedEvent.eventName, { bubbles: true, composed: true })
  }
}
