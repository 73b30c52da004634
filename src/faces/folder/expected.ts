import type { z } from 'zod';

type Expected = { readonly path: readonly PropertyKey[]; readonly expected: string };

/** What a schema's issue means to somebody who writes a file by hand; a union's nearest branch speaks for it. */
export function expectedOf(issue: z.core.$ZodIssue): Expected[] {
  const { path } = issue;
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => ({ path: [...path, key], expected: 'no such key here' }));
    case 'invalid_union':
      return nearest(issue).map((inner) => ({ ...inner, path: [...path, ...inner.path] }));
    case 'invalid_type':
      return [
        {
          path,
          expected:
            issue.input === undefined
              ? `${article(issue.expected)} (it is missing)`
              : article(issue.expected),
        },
      ];
    case 'invalid_value':
      return [{ path, expected: `one of ${issue.values.map(String).join(', ')}` }];
    case 'too_big':
      return [
        { path, expected: issue.message.startsWith('Too') ? `at most ${issue.maximum}` : issue.message },
      ];
    case 'too_small':
      return [
        { path, expected: issue.message.startsWith('Too') ? `at least ${issue.minimum}` : issue.message },
      ];
    case 'invalid_key':
      return [{ path, expected: `another key: ${issue.issues.map(({ message }) => message).join('; ')}` }];
    default:
      return [{ path, expected: issue.message }];
  }
}

function nearest(issue: z.core.$ZodIssueInvalidUnion): Expected[] {
  const branches = issue.errors.map((issues) => issues.flatMap(expectedOf));
  // The branch that got furthest into the value is the one that its writer meant.
  const depth = (branch: Expected[]) => Math.max(0, ...branch.map(({ path }) => path.length));
  const deepest = branches.toSorted((a, b) => depth(b) - depth(a))[0];
  if (deepest && depth(deepest) > 0) return deepest;
  const said = [...new Set(branches.flat().map(({ expected }) => expected))];
  return [{ path: [], expected: said.join(', or ') || 'something else' }];
}

const articles: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'keys and values',
  record: 'keys and values',
};

function article(type: string): string {
  return articles[type] ?? type;
}
