import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { redactCommand } from '../../src/provenance/redactCommand.js';
import { redactValue } from '../../src/provenance/redactValue.js';
import { looksSecret, redact } from '../../src/provenance/secrets.js';

const A40 = 'a1B2c3D4e5'.repeat(4);

/** Made up, in the forms that their issuers document; put together here, so that no scanner takes this file for a leak. */
const SHAPED = {
  'of GitHub': `gh${'p_'}${A40.slice(0, 36)}`,
  'of a GitHub application': `gh${'s_'}${A40.slice(0, 36)}`,
  'of GitHub, authorized': `gh${'o_'}${A40.slice(0, 36)}`,
  'of GitHub, fine-grained': `github${'_pat_'}11ABCDEFG0${A40}_${A40}`,
  'of GitLab': `gl${'pat-'}${A40.slice(0, 20)}`,
  'of OpenAI': `s${'k-'}${A40}`,
  'of an OpenAI project': `s${'k-proj-'}${A40}_-${A40}`,
  'of Anthropic': `s${'k-ant-api03-'}${A40}-${A40}AA`,
  'of Stripe': `s${'k_live_'}${A40}`,
  'of Amazon': `AK${'IA'}IOSFODNN7EXAMPLE`,
  'of Slack': `xo${'xb-'}123456789012-1234567890123-${A40.slice(0, 24)}`,
  'of Google': `AI${'za'}Sy${A40.slice(0, 33)}`,
  'of Hugging Face': `h${'f_'}${'abcdefghij'.repeat(3)}KLMN`,
  'of npm': `np${'m_'}${A40.slice(0, 36)}`,
  'of PyPI': `py${'pi-'}AgEIcHlwaS5vcmc${A40}`,
  'of SendGrid': `S${'G.'}${A40.slice(0, 22)}.${A40}`,
  'that is a JSON Web Token': `ey${'J'}hbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U`,
};

const KEY = `-----BEGIN RSA ${'PRIVATE'} KEY-----
Proc-Type: 4,ENCRYPTED

${A40}+/${A40}
${A40}==
-----END RSA ${'PRIVATE'} KEY-----`;

describe('a name', () => {
  test.each([
    ...['TOKEN', 'GITHUB_TOKEN', 'HF_TOKEN', '--hfToken', 'access-token', 'MYTOKEN', 'token', 'MODAL_TOKEN_ID'],
    ...['SECRET', 'client_secret', 'AWS_SECRET_ACCESS_KEY', 'AWS_ACCESS_KEY_ID', 'secrets'],
    ...['PASSWORD', 'PGPASSWORD', 'db.password', 'passwd', 'MYSQL_PWD', 'DB_PASS', 'passphrase'],
    ...['API_KEY', 'APIKEY', 'apiKey', 'OPENAI_API_KEY', 'X-Api-Key', 'PRIVATE_KEY', 'sshPrivateKey', 'STRIPE_KEY'],
    ...['CREDENTIAL', 'GOOGLE_CREDENTIALS', 'AUTH', 'npm_config__auth', 'HTTP_AUTHORIZATION', '_authToken', 'oauth'],
    ...['pass', '--pass', 'PASS', 'pwd', 'Pwd', 'PWD', 'MAIL_PASS', 'cookie', 'Set-Cookie', 'sessionid', 'PHPSESSID'],
    ...['JSESSIONID', 'connect.sid', 'SharedAccessSignature', 'SharedAccessKey'],
  ])('%s says secret', (name) => expect(looksSecret(name, 'x')).toBe(true));

  test.each([
    ...['--keys', 'keys', 'key', 'keyboard', 'monkey', 'primary_key', 'sort_key', 'rng_key', 'label-key'],
    ...['TOKENIZERS_PARALLELISM', 'tokenizer', 'max_tokens', 'num_tokens', 'maxTokens', 'pad_token', 'token_type'],
    ...['author', 'author_email', 'authority', 'authentic', 'OLDPWD', 'first_pass', 'compass', 'bypass'],
    ...['PATH', 'loss', 'seed', 'lr', '', '=', 'password_file', 'token-path'],
  ])('%s does not say secret', (name) => expect(looksSecret(name, 'x')).toBe(false));

  test.each([
    ['token', '0.25'],
    ['token', '12'],
    ['per_key', '1e-5'],
    ['token', 'nan'],
    ['per_token', '12ms'],
    ['auth', 'true'],
    ['auth', 'basic'],
    ['password', ''],
    ['password', 'None'],
    ['API_KEY', '$API_KEY'],
    ['API_KEY', `$${'{api_key}'}`],
    ['API_KEY', '%API_KEY%'],
    ['API_KEY', '<your-key>'],
    ['token', '{seed}'],
    ['password', '{repeat}'],
    ['PWD', '/home/me'],
    ['pwd', '~/x'],
    ['pwd', 'C:\\x'],
    ['pass', '12'],
    ['token', '[CLS]'],
    ['token', '[101, 2003]'],
    ['passwords', '[]'],
    ['cookie', '1'],
    ['cookie_jar', 'x'],
    ['session_id', '3'],
  ])('%s has no secret in %j', (name, value) => expect(looksSecret(name, value)).toBe(false));

  test('of a password hides a short number, too', () => {
    expect(looksSecret('password', '1234')).toBe(true);
    expect(looksSecret('client_secret', '42')).toBe(true);
    expect(looksSecret('token', '1234567')).toBe(true);
    expect(looksSecret('stripe_key', '12ab')).toBe(true);
    expect(looksSecret('password', '$ecret')).toBe(true);
    expect(looksSecret('password', '{x}')).toBe(true);
    expect(looksSecret('passwords', '[1234]')).toBe(true);
  });
});

describe('a token', () => {
  test.each(Object.entries(SHAPED))('%s is a secret by its shape', (_, value) => {
    expect(looksSecret('x', value)).toBe(true);
    expect(redact(value)).toBe('[redacted]');
    expect(redact(`got ${value}, and "${value}" (${value}) from x/${value}\n`)).toBe(
      'got [redacted], and "[redacted]" ([redacted]) from x/[redacted]\n',
    );
  });

  test.each([
    'sk-learn-contrib-extensions-for-everyone',
    'pypi-package-with-a-long-name',
    'risk-1234567890123456789',
    'hf_transformers',
    'AKIA',
    'eyJ.a.b',
    'd41d8cd98f00b204e9800998ecf8427e',
    'a6f3b1c2-0d4e-4f5a-8b9c-0123456789ab',
    `${A40}==`,
  ])('is not what %s is', (text) => expect(redact(text)).toBe(text));
});

describe('text', () => {
  test.each([
    ['--password=x', '--password=[redacted]'],
    ['run --token x --epochs 3', 'run --token [redacted] --epochs 3'],
    ['run --use-auth-token train.py', 'run --use-auth-token train.py'],
    ['run --token --verbose', 'run --token --verbose'],
    ['PASSWORD=x\n', 'PASSWORD=[redacted]\n'],
    ['export API_KEY="a b\\"c"; ls', 'export API_KEY="[redacted]"; ls'],
    ["export API_KEY='a b' x", "export API_KEY='[redacted]' x"],
    ['{"api_key": "x", "lr": 0.1}', '{"api_key": "[redacted]", "lr": 0.1}'],
    ['"{\\"api_key\\": \\"x y\\", \\"lr\\": 1}"', '"{\\"api_key\\": \\"[redacted]\\", \\"lr\\": 1}"'],
    ["{'token': 'x', 'lr': 0.1}", "{'token': '[redacted]', 'lr': 0.1}"],
    ['Namespace(token=abc, lr=0.1)', 'Namespace(token=[redacted], lr=0.1)'],
    ['Config(lr=0.1, password=a,b;c&d)', 'Config(lr=0.1, password=[redacted])'],
    ['os.environ["API_KEY"] = "x"', 'os.environ["API_KEY"] = "[redacted]"'],
    ['https://h/p?api_key=abc&page=2', 'https://h/p?api_key=[redacted]&page=2'],
    ['password: "never closed\nloss: 0.1', 'password: "[redacted]\nloss: 0.1'],
    ['https://user:p:w@d@host/x:y@z', 'https://user:[redacted]@host/x:y@z'],
    ['redis://:pw@host:6379/0', 'redis://:[redacted]@host:6379/0'],
    ['ssh://git@host:22/x', 'ssh://git@host:22/x'],
    ['http://localhost:8080/a@b', 'http://localhost:8080/a@b'],
    ['Authorization: Bearer abc.def', 'Authorization: Bearer [redacted]'],
    ['authorization: Basic dXNlcjpwdw==\r\n', 'authorization: Basic [redacted]\r\n'],
    ['{"Authorization": "Bearer abc"}', '{"Authorization": "Bearer [redacted]"}'],
    [`with Bearer ${A40}!`, 'with Bearer [redacted]!'],
    ['the bearer authentication-failed', 'the bearer authentication-failed'],
    ['-----password=x', '-----password=[redacted]'],
    ['password = hunter2', 'password = [redacted]'],
    ['if token == "abc":', 'if token == "[redacted]":'],
    ['auth::check failed', 'auth::check failed'],
    ['auth: {user: me}', 'auth: {user: me}'],
    ['config="--password=x"', 'config="--password=[redacted]"'],
    ['run --pass x --pwd y', 'run --pass [redacted] --pwd [redacted]'],
    ['{"pass": "x", "pwd": "y"}', '{"pass": "[redacted]", "pwd": "[redacted]"}'],
    ['Server=h;Uid=sa;Pwd=x;Timeout=3', 'Server=h;Uid=sa;Pwd=[redacted];Timeout=3'],
    ['Endpoint=sb://h/;SharedAccessKey=x=;N=3', 'Endpoint=sb://h/;SharedAccessKey=[redacted];N=3'],
    ['SharedAccessSignature=sv=1&sig=x%3D', 'SharedAccessSignature=[redacted]&sig=[redacted]'],
    ['https://h/p?sv=2020&sig=a%2Bb&se=3', 'https://h/p?sv=2020&sig=[redacted]&se=3'],
    ['https://h/p?page=2&token=abc', 'https://h/p?page=2&token=[redacted]'],
    ['curl -u bob:pw https://h', 'curl -u bob:[redacted] https://h'],
    ['curl --user "bob:p w" -v', 'curl --user "bob:[redacted]" -v'],
    ['curl --user=bob@h.org:1234', 'curl --user=bob@h.org:[redacted]'],
    ['docker run -u 1000:1000 --user 0:0 x', 'docker run -u 1000:1000 --user 0:0 x'],
    ['python -u train.py --user bob', 'python -u train.py --user bob'],
    ['https://abc@host/x', 'https://[redacted]@host/x'],
    ['redis://pw@host:6379', 'redis://[redacted]@host:6379'],
    ['git+https://abc@host/x', 'git+https://[redacted]@host/x'],
    [`https://${A40}:x-oauth-basic@host`, 'https://[redacted]:x-oauth-basic@host'],
    [`https://${A40}:@host`, 'https://[redacted]:@host'],
    ['x://bob@h.org:pw@host', 'x://bob@h.org:[redacted]@host'],
    ['postgres://bob@host/d https://git@host/x', 'postgres://bob@host/d https://git@host/x'],
    ['http://host:80?x=a@b http://host?x=a@b', 'http://host:80?x=a@b http://host?x=a@b'],
    ['https://$TOKEN@host', 'https://$TOKEN@host'],
    ['Cookie: a=b; c="d"; e=f\nloss: 0.1', 'Cookie: [redacted]\nloss: 0.1'],
    ["{'Set-Cookie': 'a=b; c=d', 'x': 1}", "{'Set-Cookie': '[redacted]', 'x': 1}"],
    ['sessionid=abc; lang=en', 'sessionid=[redacted]; lang=en'],
    ['api key: x, API Key = y', 'api key: [redacted], API Key = [redacted]'],
    ['password: \u001b[1;31mx y\u001b[0m', 'password: [redacted] y'],
    ['\u001b[1mpassword\u001b[0m:\u001b[32m x\u001b[0m', 'password: [redacted]'],
    ['password:\\u{1b}[0m x', 'password: [redacted]'],
    [`\u001b[31m${SHAPED['of OpenAI']}\u001b[0m`, '[redacted]'],
    [`x\u001b[0m${SHAPED['of OpenAI']}`, 'x[redacted]'],
    ['\u001b[31mloss: 0.1\u001b[0m', '\u001b[31mloss: 0.1\u001b[0m'],
    ['password=[x] passwords: ["x", "y"] 3', 'password=[redacted] passwords: [redacted] 3'],
    ['{\n "passwords": [\n  "x",\n  "y"\n ],\n "lr": 1\n}', '{\n "passwords": [redacted],\n "lr": 1\n}'],
    ['password=[x\nloss: 0.1', 'password=[redacted]\nloss: 0.1'],
    ['run --token -value --lr 1', 'run --token [redacted] --lr 1'],
    ['run --token -v --lr 1', 'run --token -v --lr 1'],
    ["['train.py', '--token', 'a b', '--lr', '1']", "['train.py', '--token', '[redacted]', '--lr', '1']"],
    ["['--token', '--verbose', '--token', '-v']", "['--token', '--verbose', '--token', '-v']"],
    ['run --password {x} --token {seed}', 'run --password [redacted] --token {seed}'],
    ['api.token is "a b", not a number', 'api.token is "[redacted]", not a number'],
    ['the token is here', 'the token is here'],
    [`x${SHAPED['of GitHub']} _${SHAPED['of GitHub']} _${SHAPED['of OpenAI']}`, 'x[redacted] _[redacted] _[redacted]'],
  ])('%j becomes %j', (text, expected) => expect(redact(text)).toBe(expected));

  test('keeps the lines around a private key', () => {
    expect(redact(`a\n${KEY}\nloss: 0.1`)).toBe(
      `a\n-----BEGIN RSA ${'PRIVATE'} KEY-----[redacted]-----END RSA ${'PRIVATE'} KEY-----\nloss: 0.1`,
    );
  });

  test('loses a private key whose beginning or end is cut off', () => {
    for (let at = 1; at < KEY.length; at++) {
      const [before, after] = [redact(KEY.slice(0, at)), redact(`${KEY.slice(at)}\n`)];
      expect(before).not.toContain(A40.slice(0, 16));
      // Less than a whole END line behind it is no key any more, and more than half of its last line is redacted.
      if (at < KEY.lastIndexOf(A40)) expect(after).not.toContain(A40);
    }
  });

  test.each([
    'Epoch 3/10 loss: 0.1 - accuracy: 0.93 - 12ms/step',
    'score=1.5e-8 seed=42 lr: 1e-3, tokens/s: 15324, max_tokens=2048, num_tokens: 10',
    'loss per token: 0.1 token_accuracy: 0.93 pad_token: <pad> (eos_token_id=2)',
    '2026-11-25T21:30:45.123Z INFO /home/me/data/x=1/keys.csv: 12:30 key=value',
    'Traceback (most recent call last):\n  File "/a/auth.py", line 3, in <module>\n    raise KeyError("author")',
    'def login(user, password):',
    'src/auth.py:33: in login\n/a/token.txt: No such file or directory\nat f (secrets.mjs:12:5)',
    'tests/test_token.py::test_expiry PASSED',
    '(token_embedding): Embedding(100, 32) key_padding_mask=None tokenizer: BPE(vocab=3)',
    'KeyError: 12\nauthor: Jane\n----------\n==========\n',
    'C:\\data\\a.csv -> D:\\out',
    'sha256: 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
    'Enter password: ',
    '--- PASS: TestLogin (0.00s)\nPASS: tests/login.sh\n# pass 12\npass: 3',
    'PWD=/home/me/x\npwd: /data',
    'token: [CLS] tokens=[101, 2003] token: [1, 2]',
    'first_pass=forward, compass=north, bypass: yes',
  ])('that is an ordinary log stays as it is: %j', (text) => expect(redact(text)).toBe(text));

  const word = fc.constantFrom(
    'loss',
    'epoch',
    'val_loss',
    'accuracy',
    'lr',
    'step',
    'seed',
    'tokens',
    'keys',
    'author',
  );
  const number = fc.oneof(fc.double().map(String), fc.integer().map(String));
  const path = fc
    .array(fc.stringMatching(/^[a-z0-9_.-]{1,8}$/), { minLength: 1 })
    .map((parts) => `/${parts.join('/')}`);
  const piece = fc.oneof(
    number,
    path,
    fc.tuple(word, fc.constantFrom(': ', '=', ' = ', ' '), number).map((parts) => parts.join('')),
    fc.tuple(word, number).map(([name, value]) => `{"${name}": ${value}}`),
    fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
    fc.uuid(),
  );

  test('of numbers, paths, dates and pairs stays as it is', () => {
    const log = fc.array(piece).map((pieces) => pieces.join(' '));
    fc.assert(
      fc.property(log, (text) => redact(text) === text),
      { numRuns: 2000 },
    );
  });

  const snippet = fc.constantFrom(
    ...[
      'password',
      'token',
      '--token',
      'api_key',
      'Authorization',
      'Bearer',
      'basic',
      '=',
      ':',
      '==',
      ' ',
      '"',
      "'",
      '`',
      '\\',
      '\n',
    ],
    ...[
      '://',
      'u',
      '@',
      '/',
      ',',
      ';',
      '&',
      '[',
      ']',
      '{',
      '}',
      ')',
      '-',
      '--',
      '[redacted]',
      A40,
      'x',
      '1',
      '.',
      ...Object.values(SHAPED),
    ],
    ...['\u001b[31m', '-u ', 'a:', 'Cookie: ', '&sig=', 'api ', 'key', ' is "', "'--token', '", 'pwd', 'https'],
    ...KEY.split('\n'),
  );

  test('that is redacted once is redacted', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(snippet, { maxLength: 30 }).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(text, (before) => {
        const once = redact(before);
        expect(redact(once)).toBe(once);
      }),
      { numRuns: 20_000 },
    );
  });

  test('loses a token wherever it stands between what is no part of one', () => {
    const around = fc.array(
      fc.constantFrom(
        ' ',
        '"',
        "'",
        '=',
        ':',
        '/',
        '\n',
        ',',
        '(',
        ')',
        '[',
        ']',
        '{',
        ' x ',
        '@',
        '&',
        '?',
        '\\',
        'é',
        '\0',
      ),
    );
    fc.assert(
      fc.property(around, fc.constantFrom(...Object.values(SHAPED)), around, (before, secret, after) => {
        expect(redact(`${before.join('')}${secret}${after.join('')}`)).not.toContain(secret.slice(4, 20));
      }),
      { numRuns: 5000 },
    );
  });

  const MEGABYTE = 2 ** 20;
  const hostile = [
    ...[
      'a',
      '-',
      '=',
      ':',
      ' ',
      '"',
      "'",
      '\\',
      '\\"',
      '\n',
      '/',
      '://',
      '@',
      ',',
      '.',
      '_',
      '[',
      ')',
      'é',
      '\0',
      '\ud800',
    ],
    ...[
      'a=',
      'a:',
      '=a',
      '--',
      '-a ',
      '--token ',
      '--token',
      'token=',
      'token="',
      "token='",
      'token="\\',
      'token=\\"',
      'token=a,',
    ],
    ...['token=a,a,', 'token=,', 'token=)', 'token =', 'password ', 'password:', '_key', 'a_', 'aB', 'Auth', 'token.'],
    ...[
      '://a:',
      '://a:b',
      '://:',
      'a:b@',
      'https://',
      'https://u:p@',
      'authorization',
      'authorization: ',
      'authorization:bearer ',
    ],
    ...[
      'bearer ',
      'bearer a',
      'Bearer  ',
      'sk-',
      's',
      'sk-a',
      'eyJ',
      'eyJaaaaa.',
      'eyJaaaaa.eyJaaaaa.',
      '.eyJ',
      'ghp_',
      'ghp_a',
    ],
    ...[
      'AKIA',
      'xoxb-',
      'SG.',
      'SG.aaaaaaaaaaaaaaaaaaaaaa.',
      'AIza',
      'pypi-',
      'hf_',
      'github_pat_',
      'password=[redacted]',
    ],
    ...[
      '-----BEGIN PRIVATE KEY-----',
      '-----END PRIVATE KEY-----',
      '-----BEGIN ',
      'AAAA\n',
      '-----END PRIVATE KEY-----A',
      'token=\n"',
    ],
    ...[
      'token=[',
      'token=[\n',
      'token=[[',
      'token=]',
      'token={',
      'token={a',
      "'--token', '",
      "'--token',",
      'api key ',
      'pass is "',
    ],
    ...[
      '://a',
      '://a@',
      '-u a:',
      '-u "a:',
      '-u ',
      'Cookie: ',
      'Cookie: ="',
      'Cookie: "',
      '&sig=',
      '\u001b[',
      '\u001b[0',
      '\\u{1b}[0;',
    ],
    ...['eyJaaaaa', '_eyJaaaaa.', 'ghp_'.repeat(5), 'password=[redacted]', '[redacted]', 'Pwd=a;'],
  ];

  // Some 0.3 s each where nothing else runs; a megabyte read again from each of its places would take many minutes.
  test('takes time in proportion to its length, whatever a megabyte of it holds', () => {
    const slow = hostile.flatMap((unit) => {
      const text = `${unit.repeat(Math.ceil(MEGABYTE / unit.length))}!`;
      const start = performance.now();
      redact(text);
      const elapsed = performance.now() - start;
      return elapsed > 15_000 ? [`${JSON.stringify(unit)}: ${elapsed} ms`] : [];
    });
    expect(slow).toEqual([]);
  }, 600_000);
});

describe('a command', () => {
  const redacted = (...words: string[]) => redactCommand(words);

  test('loses what stands behind a flag that says secret, in one word or two', () => {
    expect(redacted('train', '--token', 'x', '--password=a b', '--lr', '0.1')).toEqual({
      words: ['train', '--token', '[redacted]', '--password=[redacted]', '--lr', '0.1'],
      redacted: true,
    });
    expect(redacted('env', 'API_KEY=a\nb', 'train')).toEqual({
      words: ['env', 'API_KEY=[redacted]', 'train'],
      redacted: true,
    });
  });

  test('loses a password behind a user, and what only looks like another flag', () => {
    expect(redacted('curl', '-u', 'bob:p w', '--user', '1000:1000', '--token', '-x y', '--pass', '{x}')).toEqual({
      words: ['curl', '-u', 'bob:[redacted]', '--user', '1000:1000', '--token', '[redacted]', '--pass', '[redacted]'],
      redacted: true,
    });
  });

  test('loses secrets by their shape, in any word', () => {
    const { words } = redacted(
      'train',
      SHAPED['of OpenAI'],
      'https://u:p@h/',
      '-H',
      'Authorization: Bearer x',
      '-c',
      'x(token="y")',
    );
    expect(words).toEqual([
      ...['train', '[redacted]', 'https://u:[redacted]@h/', '-H', 'Authorization: Bearer [redacted]'],
      ...['-c', 'x(token="[redacted]")'],
    ]);
  });

  test('without secrets stays as it is, and says so', () => {
    const words = [
      'python',
      'train.py',
      '--keys',
      '3',
      '--max-tokens',
      '8',
      '--seed',
      '{seed}',
      '--pad-token',
      '<pad>',
      '',
    ];
    const more = [
      '--token',
      '--verbose',
      '--token-file',
      't.txt',
      '--author',
      'Jane',
      'key=value',
      '--api-key',
      '$API_KEY',
    ];
    expect(redactCommand([...words, ...more])).toEqual({ words: [...words, ...more], redacted: false });
  });

  test('that is redacted is redacted', () => {
    const once = redacted('train', '--token', 'x', 'PASSWORD=y', SHAPED['of GitHub']);
    expect(redactCommand(once.words)).toEqual({ words: once.words, redacted: false });
  });
});

describe('data', () => {
  test('loses the values of names that say secret, and secrets within others', () => {
    const data = {
      HF_TOKEN: 'a b',
      DB: 'postgres://u:p@h/d',
      OMP_NUM_THREADS: '1',
      PASSWORD: '',
      pin: { password: 1234 },
    };
    expect(redactValue(data)).toEqual({
      ...{ HF_TOKEN: '[redacted]', DB: 'postgres://u:[redacted]@h/d', OMP_NUM_THREADS: '1', PASSWORD: '' },
      pin: { password: '[redacted]' },
    });
  });

  test('loses what is in a map or a list of secrets, and secrets that are keys', () => {
    expect(redactValue({ credentials: { bob: 'x', n: null }, passwords: ['a', ''], [SHAPED['of GitHub']]: 1 })).toEqual(
      {
        ...{ credentials: { bob: '[redacted]', n: null }, passwords: ['[redacted]', ''] },
        '[redacted]': 1,
      },
    );
  });

  test('without secrets is itself', () => {
    const data = { lr: 0.1, tokens: [1, 2], model: { key: 'a', max_tokens: 2048 }, none: null };
    expect(redactValue(data)).toBe(data);
  });
});
