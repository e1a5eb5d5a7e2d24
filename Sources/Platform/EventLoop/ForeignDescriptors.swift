import CLinux
import Glibc

/// Descriptors that a library owns, and the one deadline it has, ready together as one descriptor.
///
/// An event loop watches `descriptor` for reading; when it is ready, `poll` says which of them are.
/// A descriptor that is closed is forgotten by the kernel.
package struct ForeignDescriptors: ~Copyable, Sendable {
    /// An epoll of its own, which an event loop can wait for as for any other descriptor.
    package let descriptor: Descriptor
    private let clock: Descriptor

    package init() throws(PlatformError) {
        let epoll = Descriptor(owning: try syscall("open epoll") { weft_epoll_create() })
        let clock = Descriptor(owning: try syscall("open timer") { weft_timerfd() })
        let (number, timer) = (epoll.rawValue, clock.rawValue)
        _ = try syscall("watch timer") {
            weft_epoll_add(number, timer, Readiness.read.weftMask, clockToken)
        }
        self.descriptor = epoll
        self.clock = clock
    }
}

extension ForeignDescriptors {
    /// A descriptor's number, and what it is known by until the library closes it.
    package struct Ready: Sendable {
        package let token: UInt64
        package let readiness: Readiness
    }

    /// Begins to watch a descriptor, or changes what of it is watched.
    package borrowing func watch(
        _ number: CInt, _ readiness: Readiness, token: UInt64
    ) throws(PlatformError) {
        let epoll = descriptor.rawValue
        do throws(PlatformError) {
            _ = try syscall("watch descriptor") {
                weft_epoll_modify(epoll, number, readiness.weftMask, token)
            }
        } catch  where error.code == .noSuchEntry {
            _ = try syscall("watch descriptor") {
                weft_epoll_add(epoll, number, readiness.weftMask, token)
            }
        }
    }

    /// Watches a descriptor no longer; one that is closed already is no error.
    package borrowing func forget(_ number: CInt) {
        _ = weft_epoll_remove(descriptor.rawValue, number)
    }

    /// Makes `descriptor` ready at a time; nil means at none.
    package borrowing func setDeadline(_ deadline: MonotonicTime?) throws(PlatformError) {
        let number = clock.rawValue
        // Zero would mean never; a time that has passed is due at once.
        let time = deadline.map { max(1, $0.nanoseconds) } ?? 0
        _ = try syscall("set timer") { weft_timerfd_set(number, time) }
    }

    /// Adds which of the library's descriptors are ready, without waiting.
    package borrowing func poll(into found: inout [Ready]) throws(PlatformError) {
        let number = descriptor.rawValue
        var batch = [64 of weft_ready](repeating: weft_ready())
        var span = batch.mutableSpan
        let count = try unsafe span.withUnsafeMutableBufferPointer { ready throws(PlatformError) in
            try syscall("look for events") {
                unsafe weft_epoll_wait(number, ready.baseAddress, CInt(ready.count), 0)
            }
        }
        for index in 0..<Int(count) where batch[index].token != clockToken {
            found.append(
                Ready(
                    token: batch[index].token,
                    readiness: Readiness(rawValue: UInt8(batch[index].events))))
        }
    }
}

extension Readiness {
    fileprivate var weftMask: UInt32 { UInt32(rawValue) }
}

private let clockToken = UInt64.max
