import { describe, expect, it } from 'vitest';
import { ben, openTrialDesk, type TrialFilm } from '../../../../tests/film-desk/desk.ts';
import { fullDocument } from '../../../../tests/film-desk/films.ts';
import { publishedRevision } from '../../../domain/film/index.ts';
import { inFilm } from '../../../platform/database/database.ts';

const desk = await openTrialDesk();
const newFilm = (): Promise<TrialFilm> => desk.newFilm(fullDocument());
const outlets = async (film: TrialFilm) => (await film.latest()).document.press?.map(({ outlet }) => outlet);

describe('a part of the film', () => {
  it('is saved as the next draft, language by language, and the public reads on as before', async () => {
    const film = await newFilm();
    const answer = await film.fill('/film/story', { 'logline.es': 'Una frase.', 'title.es': 'SINDICATO' });
    expect(answer.headers.get('location')).toBe(`${film.base}/film/story?said=saved&of=2`);
    const { document, number, note, madeBy } = await film.latest();
    expect({ number, note, madeBy }).toEqual({ number: 2, note: 'Title and story', madeBy: 'Ana' });
    expect(document.film.logline).toEqual({ en: 'One plain sentence.', es: 'Una frase.' });
    // A language that the site does not show keeps its words.
    expect(document.film.title).toEqual({ en: 'UNION & "more" <b>', es: 'SINDICATO', fr: 'L’UNION' });
    expect(await inFilm(desk.house.db, film.filmId, (tx) => publishedRevision(tx, film.filmId))).toBe(
      undefined,
    );
  });

  it('comes back with what was typed and the reason beside the field, and nothing is saved', async () => {
    const film = await newFilm();
    const answer = await film.fill('/film/facts', {
      year: 'soon',
      runtime_minutes: '90',
      countries: 'us, Narnia',
    });
    const page = await answer.text();
    expect(answer.status).toBe(422);
    expect(page).toContain('Year: needs a whole number from 1880 to 2200.');
    expect(page).toContain('Countries: “NARNIA” is none.');
    expect(page).toMatch(/value="soon"/);
    expect(page).toMatch(/value="90"/);
    expect((await film.latest()).number).toBe(1);
  });

  it('says what every required field of a new thing lacks', async () => {
    const film = await newFilm();
    const answer = await film.fill('/film/act/figures/new', { 'value.en': '9' });
    const page = await answer.text();
    expect(answer.status).toBe(422);
    expect(page).toContain('What it counts: this is needed.');
    expect(page).toContain('Source: this is needed.');
  });

  it('refuses a theme that cannot be read', async () => {
    const film = await newFilm();
    const answer = await film.fill('/film/theme', { ink: '#eeeeee' });
    expect(answer.status).toBe(422);
    expect(await answer.text()).toContain('Ink: needs a contrast of at least 4.5:1 with paper');
  });

  it('shows a text as the site would, without script and without saving', async () => {
    const film = await newFilm();
    const answer = await film.fill('/film/pages/0', {
      'body.en': '# Hi\n<script>x</script>',
      _do: 'preview:body.en',
    });
    const page = await answer.text();
    expect(answer.status).toBe(200);
    expect(page).toMatch(/<output[^>]*><div class="prose"><h3>Hi<\/h3>\s*<p>&lt;script&gt;x/);
    expect((await film.latest()).number).toBe(1);
  });

  it('S14 refuses fields that its form does not have, and forms that were cut short', async () => {
    const film = await newFilm();
    expect((await film.fill('/film/story', { slug: 'other' })).status).toBe(400);
    expect((await film.fill('/film/story', { '__proto__.x': '1' })).status).toBe(400);
    expect((await film.fill('/film/story', { 'logline.fr': 'x' })).status).toBe(400);
    expect((await film.fill('/film/story', { 'logline.en': null })).status).toBe(400);
    expect((await film.latest()).number).toBe(1);
  });

  it('is read, not changed, by roles that may not edit', async () => {
    const film = await newFilm();
    const page = await (await film.get('/film/story', 'finance')).text();
    expect(page).toContain('<fieldset class="film-fields" disabled="">');
    expect(page).not.toContain('Save draft');
    expect((await film.post('/film/story?from=1', {}, 'finance')).status).toBe(404);
    expect((await film.get('/film', 'door')).status).toBe(404);
  });
});

describe('a list', () => {
  it('moves its things up and down, and takes any order', async () => {
    const film = await newFilm();
    const answer = await film.post('/film/press/moves?from=1', { at: '2', to: 'up' });
    expect(answer.headers.get('location')).toBe(`${film.base}/film/press?said=moved&of=2#item-1`);
    expect(await outlets(film)).toEqual(['The Paper', 'The Third', 'The Other']);
    await film.post('/film/press/order?from=2', { order: '2,0,1' });
    expect(await outlets(film)).toEqual(['The Other', 'The Paper', 'The Third']);
    for (const order of ['0,1', '0,1,1', '0,1,9', 'x', '']) {
      expect((await film.post('/film/press/order?from=3', { order })).status).toBe(400);
    }
  });

  it('comes back to the row that moved, of whichever list of the page', async () => {
    const film = await newFilm();
    await film.fill('/film/act/figures/new', { 'value.en': '9', 'label.en': 'a', 'source.name.en': 'b' });
    const moved = await film.post('/film/act/figures/moves?from=2', { at: '1', to: 'up' });
    expect(moved.headers.get('location')).toContain('/film/act?said=moved&of=3#figures-0');
    expect(await (await film.get('/film/act')).text()).toContain('<li id="figures-0"');
  });

  it('gives back what was removed, by one press on Undo', async () => {
    const film = await newFilm();
    const before = await film.latest();
    const removed = await film.post('/film/press/removals?from=1', { at: '1' });
    expect(await outlets(film)).toEqual(['The Paper', 'The Third']);
    const page = await (
      await film.get(removed.headers.get('location')?.slice(film.base.length) ?? '')
    ).text();
    expect(page).toMatch(/action="[^"]*\/film\/undo"/);
    const undone = await film.post('/film/undo', { number: '2', back: '/film/press' });
    expect(undone.headers.get('location')).toBe(`${film.base}/film/press?said=undone`);
    expect((await film.latest()).document).toStrictEqual(before.document);
    await film.saveAs(ben, (document) => ({ ...document, press: [] }));
    expect((await film.post('/film/undo', { number: '3', back: '/film' })).headers.get('location')).toContain(
      'too_late',
    );
  });

  it('takes new things, in lists within lists too', async () => {
    const film = await newFilm();
    await film.fill('/film/credits/0/people/new', {
      name: 'Mars Verrone',
      'roles.0.en': 'Producer',
      'roles.1.es': 'Montaje',
    });
    expect((await film.latest()).document.credits?.[0]?.people.at(-1)).toEqual({
      name: 'Mars Verrone',
      roles: ['Producer', { es: 'Montaje' }],
    });
    const group = await film.fill('/film/credits/new', {
      'heading.en': 'Music',
      'people.0.name': 'Robert Lowe',
    });
    expect(group.headers.get('location')).toBe(`${film.base}/film/credits/1?said=added&of=3`);
  });

  it('makes a form under a name of its own, and no two under one', async () => {
    const film = await newFilm();
    expect((await film.fill('/film/forms/new', { key: 'partner', 'title.en': 'Again' })).status).toBe(422);
    expect((await film.fill('/film/forms/new', { key: 'no good', 'title.en': 'Bad' })).status).toBe(422);
    expect((await film.fill('/film/forms/new', { key: '', 'title.en': 'Bad' })).status).toBe(422);
    await film.fill('/film/forms/new', { key: 'Press', 'title.en': 'For the press' });
    expect((await film.latest()).document.forms?.press).toEqual({ title: 'For the press' });
    await film.post('/film/forms/removals?from=2', { at: 'partner' });
    expect(Object.keys((await film.latest()).document.forms ?? {})).toEqual(['union-local', 'press']);
  });

  it('says so when a group would lose its last person, and changes nothing', async () => {
    const film = await newFilm();
    await film.post('/film/credits/0/people/removals?from=1', { at: '0' });
    const answer = await film.post('/film/credits/0/people/removals?from=2', { at: '0' });
    expect(answer.headers.get('location')).toContain('said=unfit');
    expect((await film.latest()).number).toBe(2);
  });
});

describe('when somebody else saves meanwhile', () => {
  it('shows what they changed, keeps what was typed, and joins the two where they do not touch', async () => {
    const film = await newFilm();
    const { action, data } = await film.open('/film/story');
    data.set('logline.en', 'Mine.');
    await film.saveAs(ben, (document) => ({ ...document, film: { ...document.film, rating: 'PG' } }));
    const asked = await film.post(action, data);
    const page = await asked.text();
    expect(asked.status).toBe(409);
    expect(page).toContain('Ben saved revision 2 while you were writing');
    expect(page).toContain('Mine.');
    expect((await film.latest()).number).toBe(2);
    data.set('_over', '2');
    expect((await film.post(action, data)).headers.get('location')).toContain('said=joined');
    expect((await film.latest()).document.film).toMatchObject({ logline: 'Mine.', rating: 'PG' });
  });

  it('asks whose words stand where both wrote', async () => {
    const film = await newFilm();
    const { action, data } = await film.open('/film/story');
    data.set('logline.en', 'Mine.');
    await film.saveAs(ben, (document) => ({ ...document, film: { ...document.film, logline: 'Theirs.' } }));
    data.set('_over', '2');
    const asked = await film.post(action, data);
    expect(asked.status).toBe(409);
    expect(await asked.text()).toContain('name="_choose.film.logline"');
    data.set('_choose.film.logline', 'theirs');
    data.set('title.es', 'OTRO');
    await film.post(action, data);
    const { logline, title } = (await film.latest()).document.film;
    expect({ logline, title }).toMatchObject({ logline: 'Theirs.', title: { es: 'OTRO' } });
  });

  it('moves nothing in a list that is not the one on the page any more', async () => {
    const film = await newFilm();
    await film.saveAs(ben, (document) => ({ ...document, press: document.press?.slice(1) ?? [] }));
    const answer = await film.post('/film/press/removals?from=1', { at: '0' });
    expect(answer.headers.get('location')).toBe(`${film.base}/film/press?said=meanwhile`);
    expect(await outlets(film)).toEqual(['The Other', 'The Third']);
  });
});

describe('drafts and revisions', () => {
  it('are published, compared in words, and gone back to', async () => {
    const film = await newFilm();
    await film.post('/film/publications', { number: '1' });
    await film.fill('/film/story', { 'logline.en': 'One other sentence.' });
    const overview = await (await film.get('/film')).text();
    expect(overview).toContain('revision 2 differs from what the public reads (revision 1) in 1 place');
    const compared = await (await film.get('/film/revisions/compare?from=1&to=2')).text();
    expect(compared).toContain('Title and story');
    expect(compared).toMatch(
      /<del><span[^>]*>taken out: <\/span>plain<\/del><ins><span[^>]*>put in: <\/span>other<\/ins>/,
    );
    await film.post('/film/rollbacks', { number: '1' });
    expect((await film.latest()).document.film.logline).toBe('One plain sentence.');
    const list = await (await film.get('/film/revisions')).text();
    expect(list).toContain('Back to revision 1');
  });

  it('are shown by a secret link that is told once, until all links are ended', async () => {
    const film = await newFilm();
    const page = await (await film.post('/film/previews', { number: '1' })).text();
    expect(page).toMatch(/value="http:\/\/localhost:4000\/films\/[^"]+\/preview\/[A-Za-z0-9_-]{22}\/"/);
    expect((await film.post('/film/previews/end', {})).headers.get('location')).toContain('said=ended');
  });

  it('are published by those who may only', async () => {
    const film = await newFilm();
    expect((await film.post('/film/publications', { number: '1' }, 'outreach')).status).toBe(404);
    for (const number of ['0', '-1', '99', '1e3', "1'--", '', '9'.repeat(30)]) {
      expect((await film.post('/film/publications', { number })).status).toBeLessThan(500);
      expect((await film.get(`/film/revisions/compare?from=1&to=${encodeURIComponent(number)}`)).status).toBe(
        404,
      );
    }
  });
});
