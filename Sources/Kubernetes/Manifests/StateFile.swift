import Platform

/// The allocations on disk.
struct StateFile {
    let path: String
}

extension StateFile {
    /// What an earlier process wrote; a file that cannot be trusted is set aside and reported.
    func read(_ report: (Report) -> Void) -> Allocations {
        do throws(PlatformError) {
            guard try File.status(path) != nil else { return Allocations() }
            let text = try File.read(path)
            do throws(Allocations.Damage) {
                return try Allocations(parsing: text)
            } catch {
                let aside = "\(path).damaged"
                try File.replace(aside, with: text.span)
                report(
                    Report(
                        .error,
                        "\(path): \(error); it was set aside as \(aside), and services may get"
                            + " other addresses and node ports than before"))
            }
        } catch {
            report(
                Report(
                    .error, "\(error); services may get other addresses and node ports than before")
            )
        }
        return Allocations()
    }

    func write(_ allocations: Allocations, _ report: (Report) -> Void) {
        do throws(PlatformError) {
            try File.replace(path, with: allocations.text.utf8.span)
        } catch {
            report(
                Report(
                    .error, "\(error); after a restart services may get other addresses and ports"))
        }
    }
}
