import Platform

/// The end of a program that has something to say.
enum Output {
    /// Prints what was asked for.
    static func print(_ text: String) -> ExitCode {
        do throws(PlatformError) {
            try StandardStream.output.write(text)
            return .success
        } catch {
            return refuse("\(error)\n", .failure)
        }
    }

    /// Says why nothing was done.
    static func refuse(_ text: String, _ status: ExitCode) -> ExitCode {
        // When even this cannot be written the status is all that is left to say.
        try? StandardStream.error.write(text)
        return status
    }
}
