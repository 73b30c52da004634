import { globSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Two builds: `vite build` makes what browsers load, `vite build --ssr` makes the program. */
export default defineConfig(({ isSsrBuild }) => ({
  publicDir: false,
  resolve: { alias: { '@fonts': here('./.cache/fonts') } },
  // React chooses between its slow, talkative half and the other when it is loaded, by a variable that is ours to
  // leave alone. Built in, it is the quick one whatever the environment says.
  ...(isSsrBuild && {
    ssr: { noExternal: [/^react$/, /^react-dom$/] },
    define: { 'process.env.NODE_ENV': '"production"' },
  }),
  build: isSsrBuild
    ? {
        outDir: 'dist/server',
        target: 'node24',
        sourcemap: true,
        minify: false,
        rolldownOptions: { input: here('./src/main.ts') },
      }
    : {
        outDir: 'dist/client',
        manifest: true,
        assetsDir: 'assets',
        assetsInlineLimit: 0,
        modulePreload: { polyfill: false },
        rolldownOptions: {
          input: [
            ...globSync('src/ui/styles/{site,admin,door}.css', { cwd: here('.') }),
            ...globSync('src/ui/islands/*.ts', { cwd: here('.') }),
          ].filter((path) => !path.endsWith('.test.ts')),
        },
      },
}));
