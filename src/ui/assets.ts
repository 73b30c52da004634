import { readFileSync } from 'node:fs';

/** Where the bundles of one build stand: what a page links to, under names that change with their content. */
export type Assets = {
  /** The public stylesheet. */
  readonly css: readonly string[];
  /** Fonts that every page of a type pairing needs at once, worth fetching before the stylesheet asks. */
  readonly fonts: {
    readonly display: string | null;
    readonly text: string | null;
    readonly serif: string | null;
  };
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
  fonts: { display: null, text: null, serif: null },
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
  return assetsOf(JSON.parse(readFileSync(path, 'utf8')) as Manifest, publicPath);
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
  const font = (name: string): string | null => {
    const found = Object.entries(manifest).find(([source]) => source.endsWith(`/fonts/${name}.woff2`));
    return found === undefined ? null : url(found[1].file);
  };
  return {
    css: style('site'),
    fonts: { display: font('display'), text: font('text'), serif: font('serif') },
    island: (name) => url(entry(`src/ui/islands/${name}.ts`).file),
    style,
  };
}
