/// Why there is no way to reach an API server: what is wrong where, and what to do about it.
///
/// No secret is ever a part of it: neither a value of a file nor what a plugin answered.
package struct CredentialsError: Error, Hashable, Sendable {
    package enum Code: Hashable, Sendable {
        /// Nothing says where the API server is.
        case notConfigured
        /// A file that is needed cannot be read.
        case unreadable
        /// Something is not as it must be.
        case invalid
        /// Something that other clients have, or once had, and Weft does not.
        case unsupported
        /// A credential plugin could not be run, or gave no credential.
        case plugin
    }

    package let code: Code
    /// A file, with the line where that is known.
    package let place: String
    /// As people write it: `users[admin].user.token`; empty when the file as a whole is meant.
    package let key: String
    package let problem: String
    package let remedy: String

    package init(
        _ code: Code, _ place: String, key: String = "", _ problem: String, remedy: String
    ) {
        self.code = code
        self.place = place
        self.key = key
        self.problem = problem
        self.remedy = remedy
    }
}

extension CredentialsError: CustomStringConvertible {
    package var description: String {
        let whole = [place, key, problem].filter { !$0.isEmpty }.joined(separator: ": ")
        return remedy.isEmpty ? whole : "\(whole); \(remedy)"
    }
}
