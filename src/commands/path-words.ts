const words: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder',
  ENOTDIR: 'a part of this path is a file, not a folder',
  EISDIR: 'this is a folder, where a file was expected',
  EEXIST: 'there is a file of that name already',
  EACCES: 'this user may not read or write here',
  EPERM: 'this user may not read or write here',
  EROFS: 'this disk is read-only',
  ENAMETOOLONG: 'this name is too long',
};

/** What the system says of a path that somebody typed, in words; null for every other error. */
export function pathWords(error: unknown): string | null {
  if (!(error instanceof Error && 'code' in error && 'path' in error)) return null;
  const said = words[String(error.code)];
  return said === undefined ? null : `${error.path}: ${said}. Nothing was written.`;
}
