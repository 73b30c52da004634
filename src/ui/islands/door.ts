import type { WireEvent, WireNews, WireScan, WireShown } from '../../domain/boxoffice/door-wire.ts';
import { type Camera, decoderUrl, openCamera } from './parts/door-camera.ts';
import { forgetFiles, keepForLater } from './parts/door-files.ts';
import { type DoorLine, openDoorLine } from './parts/door-line.ts';
import { allowSound, signal } from './parts/door-signals.ts';
import { type DoorState, type Judged, openDoorState } from './parts/door-state.ts';
import { type DoorStore, openDoorStore } from './parts/door-store.ts';
import { buildDoorView, type DoorView } from './parts/door-view.ts';

type ScanEvent = Extract<WireEvent, { kind: 'scan' }>;

const tellEveryMs = 4_000;
const listEveryMs = 60_000;
/** How long somebody stands before the door while the server is asked; then the device decides alone. */
const askMs = 1_000;
const foundMax = 20;

/**
 * The app at the door. Decides by the film's rules and its own list, at once and without a network; tells the server
 * when there is one, and asks it first where it answers in time.
 */
class DoorApp extends HTMLElement {
  private view!: DoorView;
  private store!: DoorStore;
  private line!: DoorLine;
  private readonly state: DoorState = openDoorState();
  private device = '';
  private tag = '';
  private offlineSince: number | null = null;
  private camera: Camera | null = null;
  private readonly known = new Map<string, WireScan>();
  /** Scans that this device let in by itself, until the server agrees. */
  private readonly letIn = new Map<string, ScanEvent>();
  private own = 0;
  private counted: WireNews['counts'] | null = null;

  connectedCallback(): void {
    this.view = buildDoorView(this);
    this.start().catch((error: unknown) => {
      this.view.quiet('This browser keeps nothing, so it cannot be a door. Use one that is not private.');
      throw error;
    });
  }

  private async start(): Promise<void> {
    const { here = '', scope = '', person = '', screening = '' } = this.dataset;
    this.store = await openDoorStore(screening);
    const facts = await this.store.facts();
    this.device =
      facts?.device ?? `${person.slice(0, 40)} · ${crypto.randomUUID().slice(0, 4).toUpperCase()}`;
    if (facts === null) await this.store.keepFacts({ device: this.device, since: 0 });
    this.line = openDoorLine(here, this.store, (news) => this.learn(news));
    await this.remember();
    this.listen();
    void keepForLater(`${scope}worker.js`, scope, decoderUrl);
    await this.refresh();
    await this.tell();
    this.dataset.ready = 'yes';
    setInterval(() => void this.tell(), tellEveryMs);
    setInterval(() => void this.refresh(), listEveryMs);
  }

  /** Brings back what the device kept: its list, who came in, and what it has not told yet. */
  private async remember(): Promise<void> {
    const kept = await this.store.list();
    if (kept !== null) await this.take(kept.list, kept.at, kept.tag);
    for (const scan of await this.store.scans()) this.known.set(scan.nonce, scan);
    this.state.learn([...this.known.values()]);
    for (const [, event] of await this.store.waiting()) {
      if (event.kind === 'undo') this.state.takeBack(event.nonce);
      else await this.noteAgain(event);
    }
    this.showCounts();
  }

  private async noteAgain(event: ScanEvent): Promise<void> {
    if (event.said !== 'admitted' && event.said !== 'not_listed') return;
    const { ticketId } = await this.state.judge(event.shown);
    this.letIn.set(event.nonce, event);
    if (ticketId !== null) this.state.note({ ...event, ticketId, device: this.device });
  }

  private listen(): void {
    this.view.onLook((typed) => void this.look(typed));
    this.view.onType((typed) => this.search(typed));
    this.view.camera.addEventListener('click', () => void this.switchCamera());
    this.view.forget.addEventListener('click', () => void this.forget());
    document.addEventListener('pointerdown', allowSound);
    document.addEventListener('keydown', (event) => {
      allowSound();
      // A scanner that types is heard wherever the focus is, and its Enter presses no button.
      if (event.key.length === 1 && !event.ctrlKey && !event.metaKey && event.target !== this.view.input)
        this.view.input.focus();
    });
    addEventListener('online', () => void this.tell());
    addEventListener('offline', () => void this.tell());
    this.view.input.focus();
  }

  private async look(typed: string): Promise<void> {
    const text = typed.trim();
    if (text === '') return;
    const row = this.state.byCode(text);
    if (row === null && text.length < 60) {
      this.search(text);
      if (this.state.find(text, 1).length === 0)
        this.view.quiet('Nobody of that name or code is on the list');
      return;
    }
    this.clear();
    await this.scan(
      row === null ? { kind: 'code', text } : { kind: 'ticket', ticketId: row.id, way: 'typed' },
    );
  }

  private search(typed: string): void {
    const rows = typed.trim().length < 2 || typed.length > 60 ? [] : this.state.find(typed, foundMax);
    this.view.found(
      rows,
      (id) => this.state.isIn(id),
      (row) => {
        this.clear();
        void this.scan({ kind: 'ticket', ticketId: row.id, way: 'name' });
      },
    );
  }

  private clear(): void {
    this.view.input.value = '';
    this.search('');
    this.view.input.focus();
  }

  /** One scan: kept before anybody is told, asked of the server where it may let in and the line is good. */
  private async scan(shown: WireShown): Promise<void> {
    const start = performance.now();
    const judged = await this.state.judge(shown);
    performance.measure('decided', { start });
    // Whoever is in by what this device knows may have been taken back at the next door.
    const isOpen = judged.decision.admits || judged.decision.reason === 'already_in';
    const isAsking = isOpen && this.line.state() === 'online';
    const base = { kind: 'scan', nonce: crypto.randomUUID(), at: Date.now(), shown } as const;
    const event: ScanEvent = { ...base, said: isAsking ? null : judged.decision.reason };
    const number = await this.store.add(event);
    const answered = isAsking ? await this.ask(event.nonce) : null;
    if (answered !== null) return this.show(event, this.asAnswered(judged, answered));
    if (isAsking) await this.store.change(number, { ...event, said: judged.decision.reason });
    const said: ScanEvent = { ...event, said: judged.decision.reason };
    if (judged.decision.admits && judged.ticketId !== null) {
      this.letIn.set(event.nonce, said);
      this.state.note({ ...event, ticketId: judged.ticketId, device: this.device });
      this.own += 1;
      // The answer came while the device was deciding.
      if (this.known.get(event.nonce)?.verdict === 'refused') await this.store.add(said);
    }
    this.show(said, judged);
    void this.tell();
  }

  /** The server's word on a scan, if it comes while somebody is willing to wait. */
  private async ask(nonce: string): Promise<WireScan | null> {
    const late = new Promise<null>((resolve) => setTimeout(() => resolve(null), askMs));
    const news = await Promise.race([this.line.tell(this.device, askMs), late]);
    void this.showLine();
    return news?.scans.find((scan) => scan.nonce === nonce) ?? null;
  }

  private asAnswered(judged: Judged, { reason, verdict }: WireScan): Judged {
    if (verdict === 'admitted' && judged.decision.admits) return judged;
    if (verdict === 'admitted')
      return { ...judged, decision: { admits: true, light: 'green', reason: 'admitted' } };
    const light = reason === 'already_in' ? 'amber' : 'red';
    const said = reason === 'was_cancelled' || reason === 'was_replaced' ? 'cancelled' : reason;
    const before = judged.ticketId === null ? null : this.firstOf(judged.ticketId);
    return { ...judged, before, decision: { admits: false, light, reason: said } };
  }

  private firstOf(ticketId: string) {
    const all = [...this.known.values()];
    const first = all.find(
      (scan) => scan.ticketId === ticketId && scan.verdict === 'admitted' && !scan.isUndone,
    );
    return first === undefined ? null : { at: first.at, device: first.device };
  }

  private show({ nonce }: ScanEvent, { decision, row, before }: Judged): void {
    signal(decision.light);
    const back = decision.admits ? () => void this.takeBack(nonce) : null;
    this.view.light({ light: decision.light, reason: decision.reason, row, before }, back);
    this.showCounts();
  }

  private async takeBack(nonce: string): Promise<void> {
    await this.store.add({ kind: 'undo', nonce, at: Date.now() });
    this.state.takeBack(nonce);
    if (this.letIn.delete(nonce)) this.own = Math.max(0, this.own - 1);
    this.view.quiet('Taken back');
    this.view.input.focus();
    await this.tell();
  }

  private async tell(): Promise<void> {
    const news = await this.line.tell(this.device, 10_000);
    await this.showLine();
    if (news?.hasMore) await this.tell();
  }

  /** What the server knows. Where it refused what was let in here meanwhile, it is told so: people are inside. */
  private async learn(news: WireNews): Promise<void> {
    this.state.learn(news.scans);
    this.counted = news.counts;
    for (const scan of news.scans) {
      this.known.set(scan.nonce, scan);
      const event = this.letIn.get(scan.nonce);
      if (event !== undefined && scan.verdict === 'refused' && scan.ticketId !== null)
        await this.store.add(event);
      this.letIn.delete(scan.nonce);
    }
    this.own = this.letIn.size;
    this.showCounts();
    this.view.conflicts([...this.known.values()], (ticketId) => this.state.byId(ticketId));
  }

  private async refresh(): Promise<void> {
    const fetched = await this.line.list(this.tag);
    if (fetched === null) return;
    const at = Date.now();
    await this.store.keepList({ ...fetched, at });
    await this.take(fetched.list, at, fetched.tag);
  }

  private async take(list: Parameters<DoorState['setList']>[0], at: number, tag: string): Promise<void> {
    const canCheck = await this.state.setList(list);
    this.tag = tag;
    const time = new Date(at).toLocaleTimeString('en', { hour: 'numeric', minute: '2-digit' });
    const trouble = canCheck
      ? ''
      : ' This browser cannot check signatures: update it, or type codes and names.';
    this.view.list(
      `${this.state.size()} tickets on this device, as of ${time}. It is ${this.device}.${trouble}`,
    );
  }

  private async switchCamera(): Promise<void> {
    const { camera: button, video } = this.view;
    if (this.camera !== null) this.camera.stop();
    const wasOpen = this.camera !== null;
    this.camera = null;
    video.hidden = wasOpen;
    button.textContent = wasOpen ? 'Scan with the camera' : 'Stop the camera';
    if (wasOpen) return;
    try {
      this.camera = await openCamera(video, (text) => void this.scan({ kind: 'code', text }));
      await navigator.wakeLock?.request('screen').catch(() => null);
    } catch {
      video.hidden = true;
      button.textContent = 'Scan with the camera';
      this.view.quiet('No camera: allow it for this page, or type the code');
    }
  }

  /** Names of guests do not stay on somebody's phone; scans that nobody was told of do. */
  private async forget(): Promise<void> {
    await this.tell();
    if ((await this.store.waiting()).length > 0)
      return this.view.quiet('Some scans are not sent yet. Clear this device once it is online.');
    this.camera?.stop();
    await this.store.forget();
    await forgetFiles();
    location.assign(this.dataset.scope?.replace(/\/$/, '') ?? '/admin');
  }

  private showCounts(): void {
    const counts = this.counted && { ...this.counted, admitted: this.counted.admitted + this.letIn.size };
    this.view.counts(counts, this.own);
  }

  private async showLine(): Promise<void> {
    const line = this.line.state();
    if (line === 'online') this.offlineSince = null;
    else this.offlineSince ??= Date.now();
    this.view.line(line, (await this.store.waiting()).length, this.offlineSince);
  }
}

customElements.define('door-app', DoorApp);
