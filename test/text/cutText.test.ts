import { describe, expect, test } from 'vitest';
import { cutText } from '../../src/text/cutText.js';

describe('a text that is cut', () => {
  test('ends with a whole word', () => {
    expect(cutText('got ghp_abcdef', 14)).toBe('got ghp_abcdef');
    expect(cutText('got ghp_abcdef', 10)).toBe('got …');
    expect(cutText('{"a":1,"b":"ghp_abcdef"}', 16)).toBe('{"a":1,"b":"…');
    expect(cutText('loss 0.1 now', 8)).toBe('loss 0.1…');
  });

  test('keeps a word that is all there is, and rules', () => {
    expect(cutText('abcdefgh', 4)).toBe('abcd…');
    expect(cutText('x ----------', 6)).toBe('x ----…');
  });

  test('ends with a whole sign', () => {
    expect(cutText('ab 😀😀', 4)).toBe('ab …');
  });
});
