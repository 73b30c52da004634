import '../../src/platform/database/types.ts';
