#include "textflag.h"

// func call32(number, argument uint32) int32
TEXT ·call32(SB), NOSPLIT, $0-12
	MOVL number+0(FP), AX
	MOVL argument+4(FP), BX
	INT $0x80
	MOVL AX, ret+8(FP)
	RET
