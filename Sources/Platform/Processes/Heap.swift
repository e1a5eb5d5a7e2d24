import CLinux

/// The memory that the process has taken from the kernel.
package enum Heap {
    /// Gives back what is not in use, after a time in which much more was needed than will be.
    ///
    /// The thread that needed it is the one to call this.
    package static func giveBack() { weft_heap_trim() }

    /// The same, with the pages of the program itself: what only starting needed is not read again.
    package static func giveBackAll() {
        giveBack()
        weft_program_release()
    }
}
