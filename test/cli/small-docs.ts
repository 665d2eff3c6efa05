import type { Files } from '../temp-repository.ts';

/** A registry of two failures and docs that cover the first one. */
export const REGISTRY = `version: 1
docs:
  - root: docs
    framework: plain
scenarios:
  - id: card-declined
    title: A card is declined in test mode
    codes: [card_declined]
    causes: ["test mode"]
    links: [/test-cards/]
    pages: [errors]
    impact: { customers: 3 }
  - id: receipt-empty
    title: The receipt is empty
    symptoms: ["receipt blank|empty"]
    causes: ["no items"]
    pages: [receipts]
`;

export const ERRORS = `# Errors

## card_declined

Real cards do not work in test mode. Use a [test card](/test-cards/).
`;

export const WITHOUT_CAUSE = `# Errors

## card_declined

Use a [test card](/test-cards/).
`;

/** The smallest repository that a review can be made of. */
export const FILES: Files = {
  '.github/signpost.yml': REGISTRY,
  'docs/errors.md': ERRORS,
  'docs/test-cards.md': '# Test cards\n\nThe number 4242 always works.\n',
  'docs/receipts.md': '# Receipts\n\nA receipt lists every item.\n',
};
