import type { DetailedHTMLProps, HTMLAttributes } from 'react';

// The islands of the editor, as React knows them.
type Island = DetailedHTMLProps<HTMLAttributes<HTMLElement>, HTMLElement>;

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
      'markdown-preview': Island;
      'focal-point': Island;
      'reorder-list': Island;
      'picture-upload': Island;
      'contrast-check': Island;
    }
  }
}
