import Glibc

/// A counter that threads wait on.
///
/// Invariant: the pointer never changes, and sem_post and sem_wait are made for use by many threads.
@safe package final class Semaphore: @unchecked Sendable {
    private let storage: UnsafeMutablePointer<sem_t>

    package init() {
        unsafe storage = .allocate(capacity: 1)
        unsafe storage.initialize(to: sem_t())
        unsafe sem_init(storage, 0, 0)
    }

    deinit {
        unsafe sem_destroy(storage)
        unsafe storage.deallocate()
    }

    package func signal() { unsafe sem_post(storage) }

    package func wait() {
        // Only a signal's handler makes it return early.
        while unsafe sem_wait(storage) == -1 {}
    }
}
