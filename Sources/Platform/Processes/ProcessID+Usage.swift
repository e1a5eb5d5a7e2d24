import Glibc

extension ProcessID {
    /// The processor time that all threads of the process have had, also those that have ended.
    ///
    /// It is in nanoseconds, while /proc counts in hundredths of a second.
    package var processorTime: Duration {
        get throws(PlatformError) {
            var (clock, time) = (clockid_t(), timespec())
            let code = unsafe clock_getcpuclockid(rawValue, &clock)
            guard code == 0 else {
                throw PlatformError(Errno(rawValue: code), "time process", "\(rawValue)")
            }
            _ = try syscall("time process", "\(rawValue)") {
                unsafe clock_gettime(clock, &time)
            }
            return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
        }
    }

    /// The process, and all that it and those have started and that run.
    package var family: [ProcessID] {
        var found = [self]
        var next = 0
        while next < found.count {
            found += found[next].children
            next += 1
        }
        return found
    }

    private var children: [ProcessID] {
        let tasks = "/proc/\(rawValue)/task"
        // What has ended meanwhile has none.
        let texts = ((try? Directory.list(tasks)) ?? []).compactMap { task in
            try? File.read("\(tasks)/\(task)/children")
        }
        return texts.flatMap { String(decoding: $0, as: UTF8.self).split(separator: " ") }
            .compactMap { CInt($0).map(ProcessID.init(rawValue:)) }
    }
}
