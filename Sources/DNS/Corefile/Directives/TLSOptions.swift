/// `tls`: with what the server shows who it is.
package struct TLSOptions: Hashable, Sendable {
    /// What is asked of clients.
    package enum ClientAuthentication: Hashable, Sendable {
        case none, request, require, verifyIfGiven, requireAndVerify
    }

    package var certificate: String
    package var key: String
    /// Who signs the certificates of clients.
    package var authority: String?
    package var clientAuthentication = ClientAuthentication.none

    init(_ directive: Directive, _ context: BlockContext) throws(CorefileError) {
        let values = Array(try directive.expect(2...3, "tls CERT KEY [CA]"))
        certificate = try directive.path(values[0], context)
        key = try directive.path(values[1], context)
        if values.count > 2 { authority = try directive.path(values[2], context) }
        for option in try directive.options() {
            guard option.name == "client_auth" else {
                throw option.unknownOption(
                    ["client_auth"], refused: ["keylog": "keys are not written down: remove it"])
            }
            clientAuthentication = try option.choice(
                option.value(
                    "client_auth nocert|request|require|verify_if_given|require_and_verify"),
                [
                    "nocert": .none, "request": .request, "require": .require,
                    "verify_if_given": .verifyIfGiven, "require_and_verify": .requireAndVerify,
                ])
        }
    }
}
