// Promises: one archive holds the installation as of one moment, and makes it again where there is none.
// Owns the archive's format. Never holds an archive, a table or a file in memory; never restores over anything.
export { type Restored, restoreBackup } from './restore-backup.ts';
export { verifyBackup } from './verify-backup.ts';
export { type BackupMade, writeBackup } from './write-backup.ts';
