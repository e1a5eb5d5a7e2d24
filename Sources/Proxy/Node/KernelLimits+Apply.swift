import Platform
package import Support

extension KernelLimits {
    /// Reads the settings of the namespace that the thread is in; what cannot be read is left out.
    package static func read() -> [String: Int] {
        var values: [String: Int] = [:]
        for setting in settings {
            values[setting] = (try? Sysctl(setting).read()).flatMap { Int($0) }
        }
        return values
    }

    /// Makes the writes, once the kernel tracks connections; one that is refused is a warning, and the others are made.
    package func apply(_ log: Log) {
        for write in writes {
            do throws(PlatformError) {
                try Sysctl(write.setting).write("\(write.value)")
                log(.info, "\(write)")
            } catch {
                log(.warning, "a limit of the kernel stays as it is", ["cause": "\(error)"])
            }
        }
    }
}

extension ProxyConfiguration {
    /// Tells the kernel the limits, and how unlikely this process is to be ended (S85, S118).
    package func applyToKernel(_ log: Support.Log) {
        KernelLimits(conntrack, processors: Machine.processorCount, current: KernelLimits.read())
            .apply(log)
        do throws(PlatformError) {
            try OutOfMemory.setScoreAdjustment(oomScoreAdjustment)
        } catch {
            log(.warning, "memory pressure may end the proxy", ["cause": "\(error)"])
        }
    }
}
