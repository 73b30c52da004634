export * from './buttons.tsx';
export * from './desk-page.tsx';
export * from './fields.tsx';
export * from './notice.tsx';
export * from './table.tsx';
