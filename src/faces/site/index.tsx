import { Hono } from 'hono';
import { addCheckoutRoutes } from '../checkout/index.ts';
import { openRushForms, type RushForms } from '../checkout/rush-forms.ts';
import { NotFound } from '../edge/not-found.ts';
import { letGoUnread } from '../edge/unread-body.ts';
import { addFundRoutes } from '../fund/index.ts';
import type { House } from '../house.ts';
import { addSandboxRoutes } from '../paying/sandbox-routes.tsx';
import { addPressKitRoutes } from '../press/index.ts';
import { addDoorway, addTicketRoutes } from '../tickets/index.ts';
import { addWaitlistRoutes } from '../waitlist/index.tsx';
import { addWebhookRoutes } from '../webhooks/index.ts';
import { answerPage } from './answer.tsx';
import { addFormRoutes } from './forms/index.ts';
import { newsletterForm } from './forms/newsletter-form.tsx';
import { addMachineRoutes } from './machine/index.ts';
import { addMediaRoutes } from './media/index.ts';
import { ActPage } from './pages/act-page.tsx';
import { ContactPage } from './pages/contact-page.tsx';
import { FreePage } from './pages/free-page.tsx';
import { FrontPage } from './pages/front-page.tsx';
import { PartnersPage } from './pages/partners-page.tsx';
import { PressPage } from './pages/press-page.tsx';
import { addScreeningsRoutes } from './screenings/index.ts';
import { nextScreenings } from './screenings/next-screenings.ts';
import type { SiteApp, SiteEnv } from './visit.ts';

/** A film's public site. Routes are relative to the film's base and the page's language. */
export function filmSite(house: House, forms: RushForms = openRushForms(house)): SiteApp {
  const site = new Hono<SiteEnv>({ getPath: (_request, options) => pathOf(options) });
  site.use(letGoUnread);
  site.get('/', (c) =>
    answerPage(c, house, {
      tags: ['film', 'screenings'],
      render: async (model) => {
        const { cards, trueUntil } = await nextScreenings(house, model);
        const page = <FrontPage model={model} nextScreenings={cards} newsletter={newsletterForm(model)} />;
        return { page, trueUntil };
      },
    }),
  );
  addScreeningsRoutes(site, house);
  addCheckoutRoutes(site, house, forms);
  addWaitlistRoutes(site, house);
  addFundRoutes(site, house);
  addFormRoutes(site, house);
  addTicketRoutes(site, house);
  addSandboxRoutes(site, house);
  addWebhookRoutes(site, house);
  addDoorway(site, house);
  addPressKitRoutes(site, house);
  addMachineRoutes(site, house);
  addMediaRoutes(site, house);
  site.get('/press', (c) =>
    answerPage(c, house, { tags: ['film'], render: (model) => <PressPage model={model} /> }),
  );
  site.get('/partners', (c) =>
    answerPage(c, house, { tags: ['film'], render: (model) => <PartnersPage model={model} /> }),
  );
  site.get('/act', (c) =>
    answerPage(c, house, { tags: ['film'], render: (model) => <ActPage model={model} /> }),
  );
  site.get('/contact', (c) =>
    answerPage(c, house, { tags: ['film'], render: (model) => <ContactPage model={model} /> }),
  );
  site.get('/:slug', (c) =>
    answerPage(c, house, {
      tags: ['film'],
      render: (model) => {
        const page = model.document.pages?.find(({ slug }) => slug === c.req.param('slug'));
        if (!page) throw new NotFound();
        return <FreePage model={model} page={page} />;
      },
    }),
  );
  return site;
}

function pathOf(options: { env?: SiteEnv['Bindings'] } | undefined): string {
  return options?.env?.visit.path ?? '/';
}
