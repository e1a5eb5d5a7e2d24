import Glibc

/// Tells what changes in watched directories; readable when something has.
package struct Inotify: ~Copyable, Sendable {
    package let descriptor: Descriptor

    package init() throws(PlatformError) {
        do throws(PlatformError) {
            self.descriptor = Descriptor(
                owning: try syscall("watch files") {
                    inotify_init1(CInt(IN_CLOEXEC) | CInt(IN_NONBLOCK))
                })
        } catch  where error.code == .tooManyOpenFiles {
            throw error.advising("raise the sysctl fs.inotify.max_user_instances or ulimit -n")
        }
    }
}

extension Inotify {
    /// A watched path; the kernel's number for it.
    package struct Watch: Hashable, Sendable {
        let rawValue: CInt
    }

    package enum Event: Hashable, Sendable {
        /// An entry of a watched directory changed; without a name it was the watched path itself.
        case changed(Watch, Change, name: String)
        /// The watched path went, or its file system: nothing more will be told of it.
        case ended(Watch)
        /// The kernel dropped events: look at everything again.
        case overflow
    }

    package enum Change: Hashable, Sendable {
        /// A new name, whose content may still be on its way.
        case created
        /// A writer closed the file.
        case written
        /// A name that came by a rename, which is how files are replaced in one step.
        case movedIn
        case movedOut
        case removed
        /// Something else, such as a new mode.
        case other
    }

    /// Watches a path; a link is followed.
    ///
    /// The same path again gives the same watch.
    package borrowing func watch(_ path: String) throws(PlatformError) -> Watch {
        let number = descriptor.rawValue
        do throws(PlatformError) {
            return Watch(
                rawValue: try syscall("watch", path: path) {
                    unsafe inotify_add_watch(number, $0, Self.interest)
                })
        } catch  where error.code == .noSpace {
            throw error.advising("raise the sysctl fs.inotify.max_user_watches")
        }
    }

    /// Stops a watch; one that has ended already is no error.
    package borrowing func remove(_ watch: Watch) {
        _ = inotify_rm_watch(descriptor.rawValue, watch.rawValue)
    }

    private static let interest = UInt32(
        IN_CREATE | IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_DELETE | IN_ATTRIB
            | IN_DELETE_SELF | IN_MOVE_SELF)
}
