/** Markup that is safe to send: made by `html` from texts of ours and values it has escaped, or by `trusted`. */
export class Html {
  readonly markup: string

  constructor(markup: string) {
    this.markup = markup
  }

  toString(): string {
    return this.markup
  }
}

export type HtmlValue = Html | string | number | null | undefined | false | readonly HtmlValue[]

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Text as it may stand between tags and in a quoted attribute. Control characters that HTML forbids become spaces. */
export function escapeHtml(text: string): string {
  return (
    text
      // oxlint-disable-next-line no-control-regex -- these are what is looked for
      .replaceAll(/[\u0000-\u0008\u000b\u000e-\u001f\u007f]/g, ' ')
      .replaceAll(/[&<>"']/g, (character) => entities[character] ?? '')
  )
}

/**
 * A template whose values are escaped unless they are markup already. Values may stand between tags and in quoted attributes,
 * and nowhere else: not as names of tags or attributes, and not in scripts or styles.
 */
export function html(template: TemplateStringsArray, ...values: readonly HtmlValue[]): Html {
  const parts = partsOf(template)
  let markup = parts[0] ?? ''
  for (const [i, value] of values.entries()) markup += markupOf(value) + (parts[i + 1] ?? '')
  return new Html(markup)
}

/** Its own text, without the indentation that is there for whoever reads the program: a page is to fit into the first packets. */
function partsOf(template: TemplateStringsArray): readonly string[] {
  let parts = known.get(template)
  if (parts === undefined) {
    parts = template.map((part) =>
      part
        .replaceAll(/\s*\n\s*/g, ' ')
        .replaceAll(/ (\/?>)/g, '$1')
        .replaceAll('> <', '>\n<'),
    )
    known.set(template, parts)
  }
  return parts
}

const known = new WeakMap<TemplateStringsArray, readonly string[]>()

/** Markup from a source that is known to make safe markup: a Markdown renderer without HTML, a drawing of ours. */
export function trusted(markup: string): Html {
  return new Html(markup)
}

function markupOf(value: HtmlValue): string {
  if (value === null || value === undefined || value === false) return ''
  if (value instanceof Html) return value.markup
  if (typeof value === 'object') return value.map((item) => markupOf(item)).join('')
  return escapeHtml(String(value))
}
