import { makeRepository, type TempRepository } from '../temp-repository.ts';

/** The docs of an invented product over eight months, with a registry that they cover more and more of. */
export function makeLanyardDocs(): TempRepository {
  const [first, ...later] = Array.from({ length: MONTHS.length }, (_, month) => month);
  const repository = makeRepository();
  repository.git('remote', 'add', 'origin', 'https://github.com/example/lanyard-docs.git');
  repository.commit(
    { '.github/signpost.yml': REGISTRY, ...pagesAt(first!) },
    dated(first!, 'Write down what users meet'),
  );
  for (const month of later) repository.commit(pagesAt(month), dated(month, `Work on the docs in ${MONTHS[month]}`));
  return repository;
}

const MONTHS = ['2026-04', '2026-05', '2026-06', '2026-07', '2026-08', '2026-09', '2026-10', '2026-11'] as const;

const dated = (month: number, message: string) => ({ message, date: `${MONTHS[month]}-12T10:00:00Z` });

/** A section with the months, from 0, in which it stands on its page; from `bare` on it has lost its cause. */
interface Section {
  from: number;
  text: string;
}

const PAGES: Record<string, { title: string; sections: Section[] }> = {
  'connectors/troubleshooting': {
    title: 'Troubleshoot connectors',
    sections: [
      {
        from: 0,
        text: '## The exchange ends with `exchange_rejected`\n\nThis happens when `callback_check_url` is not set. Set it as shown in [check the callback](/connectors/callback-check/).',
      },
      {
        from: 2,
        text: '## A new connection has empty keys\n\nThe keys are empty while the keyring is sealed. [Unseal the keyring](/connectors/keyring/) and connect again.',
      },
      {
        from: 4,
        text: '## `scope_not_granted`\n\nAsk for the scope again in the [connect link](/connectors/keyring/).',
      },
    ],
  },
  'connectors/callback-check': {
    title: 'Check the callback',
    sections: [{ from: 0, text: 'Your server answers the callback within two seconds.' }],
  },
  'connectors/keyring': {
    title: 'The keyring',
    sections: [{ from: 0, text: 'A keyring is sealed until its owner has confirmed it. Unseal it in the console.' }],
  },
  'webhooks/delivery': {
    title: 'Deliver webhooks',
    sections: [
      {
        from: 1,
        text: '## Deliveries stop after a deploy\n\nDeliveries stop when the signing secret was rotated. [Take over the new secret](/webhooks/secrets/) in your server.',
      },
      {
        from: 3,
        text: '## `signature_mismatch`\n\nThe body was parsed before it was checked. Check the raw body, see [secrets](/webhooks/secrets/).',
      },
      {
        from: 5,
        text: '## Order of events\n\nIn rare cases an event is delivered twice. Keep the ids that you have handled.',
      },
    ],
  },
  'webhooks/secrets': {
    title: 'Signing secrets',
    sections: [{ from: 0, text: 'Each endpoint has a secret of its own.' }],
  },
  'login/errors': {
    title: 'Login errors',
    sections: [
      {
        from: 0,
        text: '## `login_loop`\n\nThe browser blocks the session cookie, because the app runs on another domain. [Serve both from one domain](/login/domains/).',
      },
      {
        from: 6,
        text: '## The code from the mail is refused\n\nThe code is refused because an older mail was opened. [Send a new code](/login/domains/) and use the newest mail.',
      },
      { from: 1, text: '## Answers of the API\n\n```json\n{ "error": "device_unknown" }\n```' },
    ],
  },
  'login/domains': { title: 'Domains', sections: [{ from: 0, text: 'Login and app share a domain.' }] },
  'billing/invoices': {
    title: 'Invoices',
    sections: [
      {
        from: 7,
        text: '## An invoice shows no tax number\n\nThe tax number is missing because it was added after the invoice was made. [Make the invoice anew](/billing/plans/).',
      },
      { from: 0, text: 'You get an invoice on the first day of each month.' },
    ],
  },
  'billing/plans': { title: 'Plans', sections: [{ from: 0, text: 'Plans differ in the number of connections.' }] },
};

function pagesAt(month: number): Record<string, string> {
  return Object.fromEntries(
    Object.entries(PAGES).map(([name, { title, sections }]) => {
      const texts = sections.filter(({ from }) => from <= month).map(({ text }) => text);
      return [`docs/${name}.md`, `# ${title}\n\n${texts.join('\n\n')}\n`];
    }),
  );
}

const REGISTRY = `version: 1
docs:
  - root: docs
    site: https://docs.example.com
scenarios:
  - id: exchange-rejected
    title: Code exchange ends with \`exchange_rejected\`
    codes: [exchange_rejected]
    causes: ["callback_check_url not set"]
    links: [/connectors/callback-check/]
    pages: [connectors/troubleshooting]
    audience: Developers who build a connector
    impact: { customers: 5, environment: production, recurring: true }
    owner: "@example/connectors"
  - id: scope-not-granted
    title: A call fails with \`scope_not_granted\` although the user agreed
    codes: [scope_not_granted]
    causes: ["admin consent revoked|withdrawn"]
    links: [/connectors/keyring/]
    pages: [connectors/troubleshooting]
    audience: Developers who build a connector
    impact: { customers: 4, environment: production, recurring: true }
    quotes: ["it worked for weeks and then every call was refused"]
    followUps: ["Tell in the error which scope is lacking"]
    owner: "@example/connectors"
  - id: empty-keys
    title: A new connection has empty keys
    symptoms: ["keys are blank|empty"]
    causes: ["keyring sealed"]
    links: [/connectors/keyring/]
    pages: [connectors/troubleshooting]
    impact: { customers: 3 }
    owner: "@example/connectors"
  - id: rate-limited-import
    title: A first import stops half way without an error
    symptoms: ["import stops|stalls"]
    causes: ["rate limit"]
    pages: [connectors/troubleshooting]
    impact: { customers: 2, environment: production }
    quotes: ["we got 2,000 contacts out of 9,000 and no message at all"]
    followUps: ["Say in the console that an import waits"]
    owner: "@example/connectors"
  - id: deliveries-stop
    title: Webhook deliveries stop after a deploy
    symptoms: ["deliveries stop"]
    causes: ["signing secret rotated"]
    links: [/webhooks/secrets/]
    pages: [webhooks/delivery]
    impact: { customers: 3, environment: production, recurring: true }
    owner: "@example/events"
  - id: signature-mismatch
    title: Every webhook is refused with \`signature_mismatch\`
    codes: [signature_mismatch]
    causes: ["body parsed"]
    links: [/webhooks/secrets/]
    pages: [webhooks/delivery]
    impact: { customers: 2 }
    owner: "@example/events"
  - id: events-twice
    title: The same event arrives twice
    symptoms: ["event twice|duplicate arrives|received"]
    causes: ["timeout retried"]
    pages: [webhooks/delivery]
    impact: { customers: 2, environment: production }
    owner: "@example/events"
  - id: login-loop
    title: Login returns to the login page again and again
    codes: [login_loop]
    causes: ["cookie blocks|blocked domain"]
    links: [/login/domains/]
    pages: [login/errors]
    impact: { customers: 6, environment: production, recurring: true }
    owner: "@example/login"
  - id: code-refused
    title: The code from the mail is refused
    symptoms: ["code refused mail"]
    causes: ["older mail"]
    links: [/login/domains/]
    pages: [login/errors]
    impact: { customers: 2 }
    owner: "@example/login"
  - id: device-unknown
    title: A known device is asked to confirm again
    codes: [device_unknown]
    causes: ["browser storage cleared"]
    pages: [login/errors]
    impact: { environment: production }
    owner: "@example/login"
  - id: no-tax-number
    title: An invoice shows no tax number
    symptoms: ["tax number missing|no"]
    causes: ["added after"]
    links: [/billing/plans/]
    pages: [billing/invoices]
    owner: "@example/billing"
  - id: seat-count-wrong
    title: An invoice counts people who have left
    symptoms: ["invoice counts people"]
    causes: ["removed after renewal"]
    pages: [billing/invoices]
    owner: "@example/billing"
    waive: { reason: "The new invoices leave them out", by: "@example/billing", until: 2027-03-31 }
`;
