import { houseArtist } from '../../exhibit-ui/fixture-data.ts'
import { startFixture } from '../../exhibit-ui/fixture-server.ts'
import type { Scenario } from '../../exhibit-ui/fixture-server.ts'
import type { Scene, Shot } from './shot.ts'

const work = (slug: string): string => `works/${houseArtist}/${slug}`

const shots: (Shot & { scenario?: Scenario })[] = [
  { name: 'welcome', path: '' },
  { name: 'works', path: 'works' },
  { name: 'works-track', path: 'works?track=next-socials' },
  { name: 'works-search', path: 'works?q=stem&medium=audio' },
  { name: 'works-nothing', path: 'works?q=zeppelin' },
  { name: 'works-many', path: 'works?page=2', scenario: 'many' },
  { name: 'welcome-many', path: '', scenario: 'many' },
  { name: 'artist', path: `artists/${houseArtist}` },
  { name: 'artist-unknown', path: 'artists/did:key:z6MkNiemand0000000' },
  { name: 'mesh', path: 'mesh' },
  { name: 'mesh-followed', path: `mesh?work=${houseArtist}/omweg`, until: 'work-way .followed' },
  { name: 'mesh-arriving', path: `mesh?work=${houseArtist}/tijdlijn-zonder-eigenaar` },
  { name: 'about', path: 'about' },
  { name: 'unknown', path: 'nergens' },
  { name: 'unknown-language', path: '/de/works' },
  { name: 'work-image', path: work('gemiddeld-genomen') },
  {
    name: 'work-image-large',
    path: work('gemiddeld-genomen'),
    screen: true,
    before: (page) => page.locator('image-viewer .large button').click(),
  },
  {
    name: 'work-along',
    path: work('gemiddeld-genomen'),
    before: async (page) => {
      await page.locator('take-along summary').first().click()
      await page.locator('take-along summary').last().click()
      await page.locator('qr-code svg').waitFor()
    },
  },
  { name: 'work-warned', path: work('de-stilte-van-de-melding') },
  {
    name: 'work-warned-open',
    path: work('de-stilte-van-de-melding'),
    before: (page) => page.locator('work-gate button').click(),
  },
  { name: 'work-images', path: work('broncode-van-een-stad') },
  { name: 'work-audio', path: work('zeven-stemmen') },
  { name: 'work-video', path: work('om-de-beurt') },
  { name: 'work-text', path: work('wie-niet-telt') },
  { name: 'work-interactive', path: work('het-weerbericht-van-de-macht') },
  {
    name: 'work-interactive-open',
    path: work('het-weerbericht-van-de-macht'),
    screen: true,
    before: (page) => page.locator('work-gate button').click(),
  },
  {
    name: 'work-pdf',
    path: work('peil'),
    before: (page) => page.locator('pdf-viewer .desk[aria-busy=false]').waitFor(),
  },
  {
    name: 'work-model',
    path: work('knoop'),
    before: (page) => page.locator('model-viewer .bar button').first().waitFor(),
  },
  { name: 'work-arriving', path: work('tijdlijn-zonder-eigenaar') },
  { name: 'work-disk-full', path: work('uitwijkplaats') },
  { name: 'work-withdrawn', path: work('teruggetrokken') },
  { name: 'work-unknown', path: work('bestaat-niet') },
  { name: 'empty-welcome', path: '', scenario: 'empty' },
  { name: 'empty-mesh', path: 'mesh', scenario: 'empty' },
  { name: 'no-exhibition', path: '', scenario: 'none' },
  { name: 'broken', path: '', scenario: 'broken' },
]

/** The gallery, with works in every state. */
export const galleryScenes: Scene[] = (['full', 'many', 'empty', 'none', 'broken'] as const).map(
  (scenario) => ({
    shots: shots.filter((one) => (one.scenario ?? 'full') === scenario),
    open: () => startFixture({ scenario }),
  }),
)
