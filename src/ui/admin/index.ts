export * from './buttons.tsx';
export * from './desk-page.tsx';
export * from './fields.tsx';
export * from './notice.tsx';
export * from './passkey-button.tsx';
export * from './role-words.ts';
export * from './table.tsx';
export * from './when.tsx';
