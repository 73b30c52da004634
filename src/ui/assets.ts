import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Where the bundles of one build stand: what a page links to, under names that change with their content. */
export type Assets = {
  /** The public stylesheet. */
  readonly css: readonly string[];
  /** The same as text: a film's own stylesheet contains it, so that a page waits for one file and not for two. */
  readonly sheet: string;
  /** The font that titles are set in, worth fetching before the stylesheet asks. */
  readonly titleFont: string | null;
  /** An island's script by its name: `near-me` of src/ui/islands/near-me.ts. */
  readonly island: (name: string) => string;
  /** Any other stylesheet by its name: `admin` of src/ui/styles/admin.css. */
  readonly style: (name: string) => readonly string[];
};

type ManifestEntry = {
  readonly file: string;
  readonly src?: string;
  readonly css?: readonly string[];
  readonly assets?: readonly string[];
};
export type Manifest = { readonly [source: string]: ManifestEntry };

/** Before any build, and in tests: the sources' own names. */
const sources: Assets = {
  css: ['/assets/site.css'],
  sheet: '',
  titleFont: null,
  island: (name) => `/assets/${name}.js`,
  style: (name) => [`/assets/${name}.css`],
};

let current = sources;

/** The assets of this process's build. */
export function assets(): Assets {
  return current;
}

/** Called once at start, and by tests. */
export function setAssets(next: Assets): void {
  current = next;
}

/** The assets that Vite's manifest names; throws where the file is missing, because the build is. */
export function assetsOfManifest(path: string, publicPath = '/assets/'): Assets {
  const found = assetsOf(JSON.parse(readFileSync(path, 'utf8')) as Manifest, publicPath);
  const files = found.css.map((href) => join(dirname(path), '../assets', href.slice(publicPath.length)));
  return { ...found, sheet: files.map((file) => readFileSync(file, 'utf8')).join('') };
}

/** The same, from a manifest already read. */
export function assetsOf(manifest: Manifest, publicPath = '/assets/'): Assets {
  const url = (file: string): string => publicPath + file.replace(/^assets\//, '');
  const entry = (source: string): ManifestEntry => {
    const found = manifest[source];
    if (found === undefined) throw new Error(`${source} is not in the build; run the build again`);
    return found;
  };
  const style = (name: string): string[] => {
    const { file, css = [] } = entry(`src/ui/styles/${name}.css`);
    return [...new Set([...(file.endsWith('.css') ? [file] : []), ...css])].map(url);
  };
  const titleFont = Object.entries(manifest).find(([source]) => source.endsWith('/fonts/display.woff2'));
  return {
    css: style('site'),
    sheet: '',
    titleFont: titleFont === undefined ? null : url(titleFont[1].file),
    island: (name) => url(entry(`src/ui/islands/${name}.ts`).file),
    style,
  };
}
