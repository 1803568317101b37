import { dids } from '../../node/http/exhibition-fixture.ts'
import { openKey } from '../curate-page.ts'
import { incomplete, sampleNode, submitted, withdrawn } from './sample-node.ts'
import type { Scene, Shot } from './shot.ts'
import { studioShots } from './studio-shots.ts'

const work = (slug: string): string => `works/${dids.artist}/${slug}`
const lite = (name: string, path: string): Shot => ({ name: `lite-${name}`, path: `lite/${path}` })

const shots: Shot[] = [
  lite('welcome', ''),
  lite('works', 'works'),
  lite('artists', 'artists'),
  lite('artist', `artists/${dids.artist}`),
  lite('mesh', 'mesh'),
  lite('about', 'about'),
  lite('decisions', 'decisions'),
  lite('work-image', work('gemiddeld-genomen')),
  lite('work-images', work('broncode-van-een-stad')),
  lite('work-audio', work('zeven-stemmen')),
  lite('work-video', work('om-de-beurt')),
  lite('work-text', work('wie-niet-telt')),
  lite('work-interactive', work('het-weerbericht-van-de-macht')),
  lite('work-model', work('knoop')),
  lite('work-pdf', work('peil')),
  lite('work-warned', work('de-stilte-van-de-melding')),
  lite('work-arriving', work(incomplete)),
  lite('work-withdrawn', work(withdrawn)),
  lite('unknown', 'nergens'),
  { name: 'portal', path: '/portal?lang=LANG' },
  { name: 'portal-ready', path: '/portal/ready?lang=LANG' },
  { name: 'values', path: 'values', until: 'values-page section' },
  { name: 'decisions', path: 'decisions', until: 'li[data-kind]' },
  {
    name: 'check',
    path: work('gemiddeld-genomen'),
    before: async (page) => {
      await page.locator('provenance-line .check button').click()
      await page
        .locator('work-check .verdict, work-check [data-outcome]')
        .first()
        .waitFor({ timeout: 30_000 })
    },
  },
  { name: 'print-labels', path: 'print/labels' },
  { name: 'print-sign', path: 'print/sign?ssid=Tentoonstelling&password=lang%20wachtwoord' },
  ...[
    'gemiddeld-genomen',
    'om-de-beurt',
    'wie-niet-telt',
    'zeven-stemmen',
    'het-weerbericht-van-de-macht',
  ].map((slug): Shot => ({
    name: `kiosk-${slug}`,
    path: `kiosk?works=${slug}&address=http://kunst.lan`,
    screen: true,
    until: 'kiosk-label h1',
  })),
  { name: 'curate', path: 'curate' },
  {
    name: 'curate-open',
    path: 'curate',
    before: async (page, snap) => {
      await openKey(page)
      await page.locator('open-key input[type=file]').waitFor({ state: 'detached', timeout: 60_000 })
      await snap('curate-queue')
      await page.goto(page.url().replace(/\/curate.*/, `/curate/${dids.artist}/${submitted}`))
      await page.locator('submission-page h1').waitFor()
    },
  },
  ...studioShots,
]

/** What only a real node has: lanes without script, print, the kiosk, the studio and the curators' pages. */
export const nodeScenes: Scene[] = [{ shots, open: sampleNode }]
