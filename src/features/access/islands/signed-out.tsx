import { forgetKept } from '../../../platform/ui/device/kept.ts'

/** Whoever is asked to sign in is nobody we know yet: lists of names that this device was to keep for a while go. */
void forgetKept()
