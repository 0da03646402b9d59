namespace Etl.Demo;

/// <summary>Districts, which ended on 30 June 2025, each with communes that took over.</summary>
static class DistrictNames
{
    public static IReadOnlyList<(string District, string[] Communes)> Of(string place) => place switch
    {
        "da-nang" => DaNang, "hai-phong" => HaiPhong, "binh-dinh" => BinhDinh, "can-tho" => CanTho, _ => [],
    };

    /// <summary>Units with tasks of their own below the districts, and service units: only Hải Phòng's lists have them.</summary>
    public static readonly (string Name, string Level, string Parent)[] HaiPhongOthers =
    [
        ("UBND phường Hạ Lý", "commune", "UBND quận Hồng Bàng"), ("UBND phường Lạch Tray", "commune", "UBND quận Ngô Quyền"),
        ("UBND phường Dư Hàng", "commune", "UBND quận Lê Chân"), ("UBND xã Tân Dương", "commune", "UBND huyện Thủy Nguyên"),
        ("UBND thị trấn Núi Đèo", "commune", "UBND huyện Thủy Nguyên"), ("UBND xã Quang Trung", "commune", "UBND huyện An Lão"),
        ("Trung tâm Phát triển quỹ đất", "service_unit", ""), ("Bệnh viện Hữu nghị Việt Tiệp", "service_unit", ""),
    ];

    static readonly (string, string[])[] DaNang =
    [
        ("UBND quận Hải Châu", ["UBND phường Hải Châu", "UBND phường Hòa Cường"]),
        ("UBND quận Thanh Khê", ["UBND phường Thanh Khê", "UBND phường An Khê"]),
        ("UBND quận Sơn Trà", ["UBND phường An Hải", "UBND phường Sơn Trà"]),
        ("UBND quận Ngũ Hành Sơn", ["UBND phường Ngũ Hành Sơn"]),
        ("UBND quận Liên Chiểu", ["UBND phường Hòa Khánh", "UBND phường Hải Vân", "UBND phường Liên Chiểu"]),
        ("UBND quận Cẩm Lệ", ["UBND phường Cẩm Lệ", "UBND phường Hòa Xuân"]),
        ("UBND huyện Hòa Vang", ["UBND xã Hòa Vang", "UBND xã Hòa Tiến", "UBND xã Bà Nà"]),
        ("UBND huyện Hoàng Sa", ["UBND đặc khu Hoàng Sa"]),
        ("", ["UBND phường Tam Kỳ", "UBND phường Hội An", "UBND phường Điện Bàn", "UBND xã Núi Thành", "UBND xã Duy Xuyên"]),
    ];

    static readonly (string, string[])[] HaiPhong =
    [
        ("UBND quận Hồng Bàng", ["UBND phường Hồng Bàng"]), ("UBND quận Ngô Quyền", ["UBND phường Ngô Quyền", "UBND phường Gia Viên"]),
        ("UBND quận Lê Chân", ["UBND phường Lê Chân", "UBND phường An Biên"]), ("UBND quận Hải An", ["UBND phường Hải An", "UBND phường Đông Hải"]),
        ("UBND quận Kiến An", ["UBND phường Kiến An", "UBND phường Phù Liễn"]), ("UBND quận Đồ Sơn", ["UBND phường Đồ Sơn", "UBND phường Nam Đồ Sơn"]),
        ("UBND huyện Thủy Nguyên", ["UBND phường Thủy Nguyên", "UBND phường Thiên Hương"]), ("UBND huyện An Dương", ["UBND phường An Dương"]),
        ("UBND huyện An Lão", ["UBND xã An Lão", "UBND xã An Quang"]), ("UBND huyện Cát Hải", ["UBND đặc khu Cát Hải"]),
        ("", ["UBND phường Lê Thanh Nghị", "UBND phường Chí Linh", "UBND phường Kinh Môn", "UBND xã Gia Lộc"]),
    ];

    static readonly (string, string[])[] BinhDinh =
    [
        ("UBND thành phố Quy Nhơn", ["UBND phường Quy Nhơn", "UBND phường Quy Nhơn Nam", "UBND phường Quy Nhơn Bắc"]),
        ("UBND thị xã An Nhơn", ["UBND phường Bình Định", "UBND phường An Nhơn"]),
        ("UBND thị xã Hoài Nhơn", ["UBND phường Bồng Sơn", "UBND phường Hoài Nhơn"]),
        ("UBND huyện Tuy Phước", ["UBND xã Tuy Phước"]), ("UBND huyện Phù Cát", ["UBND xã Phù Cát"]), ("UBND huyện Phù Mỹ", ["UBND xã Phù Mỹ"]),
        ("UBND huyện Tây Sơn", ["UBND xã Tây Sơn"]), ("UBND huyện Hoài Ân", ["UBND xã Hoài Ân"]), ("UBND huyện Vĩnh Thạnh", ["UBND xã Vĩnh Thạnh"]),
        ("UBND huyện Vân Canh", ["UBND xã Vân Canh"]), ("UBND huyện An Lão", ["UBND xã An Lão"]),
        ("", ["UBND phường Pleiku", "UBND phường An Khê", "UBND xã Chư Sê", "UBND xã Đak Đoa"]),
    ];

    static readonly (string, string[])[] CanTho =
    [
        ("UBND quận Ninh Kiều", ["UBND phường Ninh Kiều", "UBND phường Cái Khế", "UBND phường Tân An"]),
        ("UBND quận Bình Thủy", ["UBND phường Bình Thủy", "UBND phường Long Tuyền"]), ("UBND quận Cái Răng", ["UBND phường Cái Răng", "UBND phường Hưng Phú"]),
        ("UBND quận Ô Môn", ["UBND phường Ô Môn", "UBND phường Phước Thới"]), ("UBND quận Thốt Nốt", ["UBND phường Thốt Nốt"]),
        ("UBND huyện Phong Điền", ["UBND xã Phong Điền"]), ("UBND huyện Cờ Đỏ", ["UBND xã Cờ Đỏ"]),
        ("UBND huyện Thới Lai", ["UBND xã Thới Lai"]), ("UBND huyện Vĩnh Thạnh", ["UBND xã Vĩnh Thạnh"]),
        ("", ["UBND phường Vị Thanh", "UBND phường Ngã Bảy", "UBND phường Sóc Trăng", "UBND phường Vĩnh Châu"]),
    ];
}
