/** Titles of pages and sections in which docs gather failures, in English and some other languages of docs. */
const TROUBLE =
  /troubleshoot|trouble-?shooting|\b(?:common|known|frequent|typical|general)\s+(?:errors?|issues?|problems?|failures?|mistakes?|pitfalls?|scenarios?|questions)\b|\berrors?\b|\berror[- ]?(?:codes?|messages?|reference|handling)\b|\bexceptions\b|\bfaqs?\b|frequently[- ]asked|\bproblems\b|\bissues\b|\bgotchas\b|\bpitfalls\b|\bdebugging\b|what can go wrong|when (?:something|things|it) (?:goes|go|fails)|fehler|problembehandlung|d[ée]pannage|erreurs|errores|soluci[oó]n de problemas|solu[cç][aã]o de problemas|risoluzione|トラブル|エラー|故障|错误|錯誤|常见问题|문제 ?해결|오류/i;

/** Lists of what changed tell of failures that are no more. */
const HISTORY =
  /(?:^|[/_ -])(?:change-?logs?|release-?notes?|releases|what'?s-?new|blog|news|history|migrations?|roadmap)(?:$|[/_ -])/i;

/** Labels of what people do, learn or look up, in which words of failing are a topic. */
const HOW_TO =
  /^(?:\d+[.)]\s*)?(?:how|what|when|where|who|which|can|do|does|is|are|should|check|verify|test|debug|handle|handling|catch|enable|disable|view|set|configure|use|using|get|getting|add|create|monitor|monitoring|detect|avoid|prevent|understand|understanding|learn|see|run|review|inspect|diagnose|diagnosing|report|contact|before|next|best|about|overview|introduction|prerequisites|related|summary|example|step|limit|retry|retries|manage|list|collect|gather|quick|start|if you)\b/i;

/** Labels of a place for failures, not of one. */
const GATHERING =
  /(?:\b(?:errors|issues|problems|failures|exceptions|questions|limitations|warnings|scenarios|mistakes|pitfalls|gotchas|faqs?)|troubleshooting|error (?:codes?|handling|reference|messages|responses?|format|types?|catalog))$|^(?:troubleshoot|common |known |frequent|general |other )/i;

const QUESTION_OF_FAILURE = /^(?:why|what (?:does|causes)|how (?:do|can) i (?:fix|resolve|solve))\b/i;

export const isTroubleTitle = (words: string): boolean => TROUBLE.test(words);
export const isHistory = (name: string): boolean => HISTORY.test(name);

/** Whether a label is that of a topic or a place, whatever words of failing it holds. */
export function isNoFailure(label: string): boolean {
  if (QUESTION_OF_FAILURE.test(label)) return false;
  return HOW_TO.test(label) || GATHERING.test(label.replace(/[\s.:?!]+$/, ''));
}

const ERROR_COLUMN =
  /error|exception|symptom|problem|issue|failure|fault|message|what (?:you|users?) see|fehler|erreur/i;
const CODE_COLUMN = /^(?:code|status|type|name|reason|key|value|response)\b/i;

export const isErrorColumn = (heading: string): boolean => ERROR_COLUMN.test(heading);

/** Whether rows tell of failures by their first cell. @param isAmong whether the table stands where failures are gathered */
export function isTableOfErrors(columns: readonly string[], isAmong: boolean): boolean {
  const [first = ''] = columns;
  return isErrorColumn(first) || (CODE_COLUMN.test(first) && (isAmong || columns.some(isErrorColumn)));
}
