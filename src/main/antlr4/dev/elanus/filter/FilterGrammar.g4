/*
 * The filter language of Milvus, by precedence from the loosest operator to the tightest. Chains are lists and not trees, so that a filter of
 * ten thousand alternatives is as flat as it was written. NOT stands above comparisons, as Milvus's documentation has it; where Milvus's own
 * grammar binds it tighter, it could only fail.
 */
grammar FilterGrammar;

// Made of other tokens, see FilterTokens.
tokens { PLAIN_LIST }

filter     : disjunction EOF ;
disjunction: conjunction (OR conjunction)* ;
conjunction: negation (AND negation)* ;
negation   : NOT negation | bitOr ;
bitOr      : bitXor (BOR bitXor)* ;
bitXor     : bitAnd (BXOR bitAnd)* ;
bitAnd     : equality (BAND equality)* ;
equality   : relation ((EQ | NE) relation)* ;
relation   : membership ((LT | LE | GT | GE) membership)* ;
membership : shift (NOT? IN shift)? ;
shift      : sum ((SHL | SHR) sum)* ;
sum        : product ((ADD | SUB) product)* ;
product    : signed ((MUL | DIV | MOD) signed)* ;
signed     : (ADD | SUB | BNOT) signed | power ;
power      : postfix (POW signed)? ;
postfix    : EXISTS postfix | primary (ISNULL | ISNOTNULL | LIKE primary)? ;

primary
    : literal                                       # constant
    | NAME OPEN (argument (',' argument)*)? CLOSE      # call
    | NAME STRING                                   # typedConstant
    | NAME LIST NAME END                             # unquotedKey
    | PATH                                          # path
    | (NAME | META)                                 # name
    | ELEMENT                                       # elementField
    | template                                      # variable
    | array                                         # list
    | PLAIN_LIST                                    # plainList
    | OPEN disjunction CLOSE                           # parentheses
    ;

argument : (NAME ASSIGN)? disjunction ;
template : '{' NAME '}' ;
literal  : INT | FLOAT | BOOL | STRING ;
array    : LIST (element (',' element)* ','?)? END ;
element  : (ADD | SUB)* literal | NAME STRING | template | array | PLAIN_LIST | sum ;

LT     : '<' ;
LE     : '<=' ;
GT     : '>' ;
GE     : '>=' ;
EQ     : '==' ;
NE     : '!=' ;
ASSIGN : '=' ;
OPEN   : '(' ;
CLOSE  : ')' ;
LIST   : '[' ;
END    : ']' ;
ADD    : '+' ;
SUB    : '-' ;
MUL    : '*' ;
DIV    : '/' ;
MOD    : '%' ;
POW    : '**' ;
SHL    : '<<' ;
SHR    : '>>' ;
BAND   : '&' ;
BOR    : '|' ;
BXOR   : '^' ;
BNOT   : '~' ;

AND       : 'and' | 'AND' | '&&' ;
OR        : 'or' | 'OR' | '||' ;
NOT       : 'not' | 'NOT' | '!' ;
IN        : 'in' | 'IN' ;
LIKE      : 'like' | 'LIKE' ;
EXISTS    : 'exists' | 'EXISTS' ;
ISNULL    : 'is null' | 'IS NULL' ;
ISNOTNULL : 'is not null' | 'IS NOT NULL' ;
BOOL      : 'true' | 'True' | 'TRUE' | 'false' | 'False' | 'FALSE' ;

INT
    : [0-9]+
    | '0' [xX] [0-9a-fA-F]+
    | '0' [bB] [01]+
    ;
FLOAT
    : [0-9]+ EXPONENT
    | ([0-9]+ '.' [0-9]* | '.' [0-9]+) EXPONENT?
    | '0' [xX] ([0-9a-fA-F]+ '.'? [0-9a-fA-F]* | '.' [0-9a-fA-F]+) [pP] [+-]? [0-9]+
    ;
fragment EXPONENT : [eE] [+-]? [0-9]+ ;

META    : '$meta' ;
NAME    : [a-zA-Z_] [a-zA-Z0-9_]* ;
PATH    : (NAME | META) ('[' (STRING | [0-9]+) ']')+ ;
ELEMENT : '$[' NAME ']' ;
STRING
    : '"' ('\\' . | ~["\\])* '"'
    | '\'' ('\\' . | ~['\\])* '\''
    ;

BLANK : [ \t\r\n]+ -> skip ;
OTHER : . ;
