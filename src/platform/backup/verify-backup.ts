import { Refusal } from '../refusal.ts';
import { damaged, type Head, headSchema, type Manifest, type MemberSum, manifestSchema } from './format.ts';
import { type Member, readArchive } from './read-archive.ts';

/**
 * Reads a whole archive and writes nothing.
 * @returns its manifest, when every member is there, unchanged, and none is there that it does not name
 * @throws Refusal `archive_foreign` when it is no backup of ours, `archive_damaged` naming where
 */
export async function verifyBackup(path: string): Promise<Manifest> {
  const found = new Map<string, MemberSum>();
  let head: Head | null = null;
  let manifest: Manifest | null = null;
  for await (const member of membersOf(path)) {
    if (manifest !== null) throw damaged(member.name);
    const { name, sizeBytes, what } = member;
    const isJson = what.kind === 'head' || what.kind === 'manifest';
    const json = isJson ? await readJson(member) : await drain(member);
    const sha256 = member.sha256();
    if (what.kind === 'head') head = headSchema.safeParse(json).data ?? null;
    if (head === null) throw new Refusal('archive_foreign');
    if (what.kind === 'manifest') manifest = parseManifest(json);
    else found.set(name, { name, sizeBytes, sha256 });
    if (what.kind === 'file' && what.sha256 !== sha256) throw damaged(name);
  }
  if (manifest === null) throw damaged('(its end is missing)');
  if (manifest.migration !== head?.migration) throw damaged('manifest.json');
  compare(manifest, found);
  return manifest;
}

async function* membersOf(path: string): AsyncGenerator<Member> {
  let isFirst = true;
  try {
    for await (const member of readArchive(path)) {
      isFirst = false;
      yield member;
    }
  } catch (error) {
    const isUnreadable = error instanceof Refusal && error.code === 'archive_damaged' && isFirst;
    throw isUnreadable ? new Refusal('archive_foreign') : error;
  }
}

function compare({ members }: Manifest, found: ReadonlyMap<string, MemberSum>): void {
  for (const { name, sizeBytes, sha256 } of members) {
    const own = found.get(name);
    if (own?.sizeBytes !== sizeBytes || own.sha256 !== sha256) throw damaged(name);
  }
  if (members.length !== found.size) throw damaged('manifest.json');
}

async function readJson(member: Member): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of member.bytes) chunks.push(chunk);
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch {
    throw damaged(member.name);
  }
}

async function drain(member: Member): Promise<null> {
  for await (const _chunk of member.bytes);
  return null;
}

function parseManifest(json: unknown): Manifest {
  const parsed = manifestSchema.safeParse(json);
  if (!parsed.success) throw damaged('manifest.json');
  return parsed.data;
}
