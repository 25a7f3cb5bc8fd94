"""Made documents of districts before July 2025 and of communes and wards after it."""

from __future__ import annotations

from datetime import date

from tests.documents.made_set.prose import basis, cited, para, points
from tests.documents.made_set.spec import Annex, Box, Document, Grid, Layout, Para, Point, Section

_ROM, _ARA, _DEC = "roman", "arabic", "decimal"
_PHONG = ("ỦY BAN NHÂN DÂN", "HUYỆN MẪU", "PHÒNG GIÁO DỤC VÀ ĐÀO TẠO")
_PHONG_TEN = "Phòng Giáo dục và Đào tạo huyện Mẫu"
_HUYEN = "Ủy ban nhân dân huyện Mẫu"

COMMUNE_PLAN = Document(
    name="xa-ke-hoach-chuyen-doi-so",
    offices=("ỦY BAN NHÂN DÂN", "XÃ VÍ DỤ"),
    issuer="Ủy ban nhân dân xã Ví Dụ",
    kind="Kế hoạch",
    number="37/KH-UBND",
    place="Ví Dụ",
    day=date(2025, 9, 8),
    title="Ứng dụng công nghệ thông tin, chuyển đổi số trong các trường học\ntrên địa bàn xã Ví Dụ năm học 2025 - 2026",
    bases=(
        basis("Nghị quyết", "57-NQ/TW", "22/12/2024", "Bộ Chính trị", first="Thực hiện"),
        basis("Luật Tổ chức chính quyền địa phương", "72/2025/QH15", "16/6/2025"),
        basis("Công văn", "2750/SGDĐT-GDTH", "29/8/2025", "Sở Giáo dục và Đào tạo"),
    ),
    opening=("Ủy ban nhân dân xã ban hành Kế hoạch với những nội dung chủ yếu sau:",),
    body=(
        Section(_ROM, "MỤC ĐÍCH, YÊU CẦU", (*points("dash", 1, 3),)),
        Section(_ROM, "CHỈ TIÊU", (Grid((
            ("TT", "Nội dung", "Mầm non", "Tiểu học", "THCS"),
            ("1", "Phòng học có màn hình lớn", "60%", "80%", "85%"),
            ("2", "Trẻ em, học sinh có mã định danh", "100%", "100%", "100%"),
            ("3", "Giáo viên có chữ ký số", "50%", "90%", "95%"),
        ), widths=(1, 5, 2, 2, 2)),)),
        Section(_ROM, "NHIỆM VỤ", (
            Section(_ARA, "Phòng Văn hóa - Xã hội", (para(19),)),
            Section(_ARA, "Các trường mầm non, tiểu học, trung học cơ sở", (para(6), *points("letter", 3, 6))),
        )),
        Section(_ROM, "KINH PHÍ THỰC HIỆN", (para(27),)),
    ),
    closing=("Trên đây là Kế hoạch của Ủy ban nhân dân xã./.",),
    recipients=("Sở Giáo dục và Đào tạo", "Thường trực Đảng ủy xã", "Các trường trên địa bàn", "Lưu: VT"),
    signs_for=("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH"),
    office="PHÓ CHỦ TỊCH",
    signer_title="Phó Chủ tịch",
    signer="Bùi Thị Làm Mẫu",
    layout=Layout(seed=11, stacked=True),
)  # fmt: skip

WARD_NOTICE = Document(
    name="phuong-thong-bao-tuyen-sinh",
    offices=("ỦY BAN NHÂN DÂN", "PHƯỜNG MINH HỌA"),
    issuer="Ủy ban nhân dân phường Minh Họa",
    kind="Thông báo",
    number="118/TB-UBND",
    place="Minh Họa",
    day=date(2025, 7, 21),
    title="Về việc tuyển sinh đầu cấp năm học 2025 - 2026",
    bases=(basis("Kế hoạch", "1420/KH-SGDĐT", "10/5/2025", "Sở Giáo dục và Đào tạo thành phố Mẫu",
                 "về tuyển sinh"),),
    opening=("Ủy ban nhân dân phường thông báo như sau:",),
    body=(
        Section(_ARA, "Đối tượng", (para(24),)),
        Section(_ARA, "Hồ sơ", (*points("dash", 4, 3), Para("Không yêu cầu bản sao có chứng thực."))),
        Section(_ARA, "Thời gian nhận hồ sơ", (Grid((
            ("Cấp học", "Trực tuyến", "Trực tiếp"),
            ("Mẫu giáo 5 tuổi", "Từ 01/7 đến 04/7", "Từ 12/7 đến 14/7"),
            ("Lớp 1", "Từ 05/7 đến 08/7", "Từ 15/7 đến 17/7"),
            ("Lớp 6", "Từ 09/7 đến 11/7", "Từ 18/7 đến 20/7"),
        )),)),
    ),
    closing=("Ủy ban nhân dân phường thông báo để nhân dân biết và thực hiện./.",),
    recipients=("Các tổ dân phố", "Các trường trên địa bàn", "Lưu: VT"),
    signs_for=("TL. CHỦ TỊCH",),
    office="CHÁNH VĂN PHÒNG",
    signer_title="Chánh Văn phòng",
    signer="Đinh Văn Ví Von",
    layout=Layout(seed=12),
)  # fmt: skip

COMMUNE_LETTER = Document(
    name="xa-cong-van-sua-chua",
    offices=("ỦY BAN NHÂN DÂN", "XÃ THỬ NGHIỆM"),
    issuer="Ủy ban nhân dân xã Thử Nghiệm",
    kind="Công văn",
    number="205/UBND-VHXH",
    place="Thử Nghiệm",
    day=date(2025, 11, 3),
    title="rà soát phòng học xuống cấp sau mưa bão",
    addressees=("Hiệu trưởng các trường mầm non, tiểu học, trung học cơ sở trên địa bàn xã",),
    bases=(basis("Công văn", "5120/UBND-GD", "28/10/2025", "Ủy ban nhân dân tỉnh", "về khắc phục hậu quả mưa bão",
                 "Thực hiện"),),
    opening=("Ủy ban nhân dân xã yêu cầu các trường:",),
    body=(*points("arabic", 5, 4), Para("Kết quả gửi về Phòng Văn hóa - Xã hội trước ngày 10/11/2025./.")),
    recipients=("Như trên", "Lưu: VT, VHXH"),
    signs_for=("KT. CHỦ TỊCH",),
    office="PHÓ CHỦ TỊCH",
    signer_title="Phó Chủ tịch",
    signer="Lý Thị Tạm",
    layout=Layout(seed=13, automatic=False),
)  # fmt: skip

DISTRICT_PLAN = Document(
    name="huyen-ke-hoach-kho-hoc-lieu",
    offices=_PHONG,
    issuer=_PHONG_TEN,
    parent=_HUYEN,
    kind="Kế hoạch",
    number="1044/KH-PGDĐT",
    place="Mẫu",
    day=date(2023, 10, 16),
    title="Xây dựng kho học liệu số ngành giáo dục huyện Mẫu\nnăm học 2023 - 2024",
    bases=(
        basis("Kế hoạch", "214/KH-UBND", "22/9/2023", "Ủy ban nhân dân tỉnh Ví Dụ", first="Thực hiện"),
        "Căn cứ các Công văn số ⟦1822/SGDĐT-CNTT⟧ ngày 04/10/2023 và số ⟦1836/SGDĐT-CNTT⟧ ngày 06/10/2023 của Sở "
        "Giáo dục và Đào tạo;",
    ),
    opening=("Phòng Giáo dục và Đào tạo huyện Mẫu xây dựng Kế hoạch cụ thể như sau:",),
    body=(
        Section(_ROM, "Mục đích, yêu cầu", (
            Section(_ARA, "Mục đích", (para(8),)),
            Section(_ARA, "Yêu cầu", (*points("dash", 2, 2),)),
        )),
        Section(_ROM, "Nội dung", (
            Section(_ARA, "Chỉ tiêu", (
                Point("dash", "Mỗi giáo viên nộp ít nhất 02 học liệu trong một học kỳ."),
                Point("dash", "Mỗi trường có ít nhất 30 học liệu được duyệt, trong đó:", (
                    Point("plus", "Học liệu môn Toán và Tiếng Việt chiếm một nửa;"),
                    Point("plus", "Học liệu trải nghiệm chiếm một phần tư."))),
            )),
            Section(_ARA, "Quy trình duyệt", (
                Section(_DEC, "Duyệt ở tổ chuyên môn", (para(2),)),
                Section(_DEC, "Duyệt ở trường", (para(25),)),
                Section(_DEC, "Duyệt ở Phòng Giáo dục và Đào tạo",
                        (para(28, "Mẫu phiếu kèm " + cited("Công văn", "1836/SGDĐT-CNTT") + "."),)),
            )),
        )),
        Section(_ROM, "Tổ chức thực hiện", (
            Section(_ARA, "Phòng Giáo dục và Đào tạo", (para(29),)),
            Section(_ARA, "Các trường trực thuộc", (para(30),)),
        )),
    ),
    closing=("Trên đây là kế hoạch xây dựng kho học liệu số, đề nghị các trường thực hiện./.",),
    recipients=("Sở Giáo dục và Đào tạo", "Các trường trực thuộc", "Lưu: VT, CM"),
    signs_for=("KT. TRƯỞNG PHÒNG",),
    office="PHÓ TRƯỞNG PHÒNG",
    signer_title="Phó Trưởng phòng",
    signer="Trịnh Thị Nháp Thử",
    annexes=(
        Annex("PHỤ LỤC 1", "PHÂN BỔ SỐ LƯỢNG HỌC LIỆU",
              "(Kèm theo Kế hoạch số 1044/KH-PGDĐT ngày 16/10/2023 của Phòng Giáo dục và Đào tạo)", (
                  Grid((
                      ("Cấp học", "Trường", "Học liệu", "Hạn nộp"),
                      ("Mầm non", "Hoa Mẫu", "30", "30/11/2023"),
                      ("", "Sao Thử", "25", "30/11/2023"),
                      ("Tiểu học", "Minh Họa 1", "60", "15/12/2023"),
                      ("", "Minh Họa 2", "55", "15/12/2023"),
                      ("", "Minh Họa 3", "40", "20/12/2023"),
                  ), spans=((1, 0, 2, 1), (3, 0, 3, 1)), widths=(2, 4, 2, 2)),
              )),
        Annex("PHỤ LỤC 2", "ĐỀ CƯƠNG BÁO CÁO", "", (
            Section(_ROM, "KẾT QUẢ", (Section(_ARA, "Số học liệu đã nộp", (para(21),)),
                                      Section(_ARA, "Số học liệu được duyệt", (para(22),)))),
            Section(_ROM, "ĐỀ XUẤT", (para(23),)),
        )),
    ),
    layout=Layout(seed=14, size=13),
)  # fmt: skip

DISTRICT_LETTER = Document(
    name="huyen-cong-van-bao-cao",
    offices=_PHONG,
    issuer=_PHONG_TEN,
    parent=_HUYEN,
    kind="Công văn",
    number="286/PGDĐT-NV",
    place="Mẫu",
    day=date(2024, 3, 11),
    title="báo cáo số liệu thiết bị\ndạy học giữa kỳ",
    addressees=("Hiệu trưởng các trường mầm non", "Hiệu trưởng các trường tiểu học",
                "Hiệu trưởng các trường trung học cơ sở"),
    opening=("Để chuẩn bị đợt mua sắm năm 2024 theo " + cited("Kế hoạch", "12/KH-PGDĐT", "08/01/2024")
             + ", Phòng Giáo dục và Đào tạo đề nghị các trường báo cáo theo mẫu dưới đây.",),
    body=(
        Grid((("STT", "Tên thiết bị", "Số lượng hiện có", "", "Đề nghị thêm"),
              ("", "", "Còn dùng được", "Đã hỏng", ""),
              ("1", "Máy tính", "", "", ""),
              ("2", "Máy chiếu", "", "", ""),
              ("3", "Bộ thí nghiệm", "", "", "")),
             header=2, spans=((0, 0, 2, 1), (0, 1, 2, 1), (0, 2, 1, 2), (0, 4, 2, 1)), widths=(1, 4, 2, 2, 2)),
        Para("Báo cáo gửi trước ngày 25 tháng 3 năm 2024 qua hệ thống quản lý văn bản./."),
    ),
    recipients=("Như trên", "Lãnh đạo Phòng", "Lưu: VT"),
    office="TRƯỞNG PHÒNG",
    signer_title="Trưởng phòng",
    signer="Phan Văn Thí Dụ",
    layout=Layout(seed=15, stacked=True),
)  # fmt: skip

DISTRICT_DECISION = Document(
    name="huyen-quyet-dinh-khen",
    offices=("ỦY BAN NHÂN DÂN", "HUYỆN MẪU"),
    issuer=_HUYEN,
    kind="Quyết định",
    number="3311/QĐ-UBND",
    place="Mẫu",
    day=date(2024, 6, 28),
    effective=date(2024, 6, 28),
    title="Về việc công nhận trường đạt danh hiệu Trường học thân thiện",
    authority="CHỦ TỊCH ỦY BAN NHÂN DÂN HUYỆN MẪU",
    bases=(
        basis("Luật Thi đua, khen thưởng", "06/2022/QH15", "15/6/2022"),
        basis("Thông tư", "21/2020/TT-BGDĐT", "31/7/2020", "Bộ trưởng Bộ Giáo dục và Đào tạo"),
    ),
    considered=(
        "Xét đề nghị của Trưởng phòng Giáo dục và Đào tạo tại Tờ trình số ⟦91/TTr-PGDĐT⟧ ngày 20 tháng 6 năm 2024,",
    ),
    verdict="QUYẾT ĐỊNH:",
    body=(
        Section("article", run_in="Công nhận 05 trường đạt danh hiệu Trường học thân thiện năm học 2023 - 2024 "
                "(có danh sách kèm theo)."),
        Section("article", run_in="Giao Phòng Giáo dục và Đào tạo theo dõi việc giữ vững danh hiệu của các trường."),
        Section("article", run_in="Quyết định này có hiệu lực thi hành kể từ ngày ký./."),
    ),
    recipients=("Như Điều 2", "Các trường có tên", "Lưu: VT"),
    signs_for=("KT. CHỦ TỊCH",),
    office="PHÓ CHỦ TỊCH",
    signer_title="Phó Chủ tịch",
    signer="Cao Thị Thử Nghiệm",
    annexes=(
        Annex("PHỤ LỤC", "DANH SÁCH TRƯỜNG ĐƯỢC CÔNG NHẬN",
              "(Kèm theo Quyết định số 3311/QĐ-UBND ngày 28 tháng 6 năm 2024 của Chủ tịch Ủy ban nhân dân huyện Mẫu)", (
                  Grid((("TT", "Tên trường", "Xã, thị trấn", "Điểm"),
                        ("1", "Trường Mầm non Hoa Mẫu", "Xã Một", "92"),
                        ("2", "Trường Tiểu học Minh Họa", "Xã Hai", "90"),
                        ("3", "Trường Tiểu học Phỏng Chừng", "Xã Ba", "88"),
                        ("4", "Trường Trung học cơ sở Giả Định", "Thị trấn Mẫu", "95"),
                        ("5", "Trường Trung học cơ sở Nháp", "Xã Bốn", "87")), widths=(1, 5, 3, 1)),
              )),
    ),
    layout=Layout(seed=16, letterhead="tabs"),
)  # fmt: skip

COMMUNE_REPORT = Document(
    name="xa-bao-cao-pho-cap",
    offices=("UBND XÃ THỬ NGHIỆM", "PHÒNG VĂN HÓA - XÃ HỘI"),
    issuer="Phòng Văn hóa - Xã hội xã Thử Nghiệm",
    parent="UBND xã Thử Nghiệm",
    kind="Báo cáo",
    number="14/BC-VHXH",
    place="Thử Nghiệm",
    day=date(2025, 12, 1),
    title="Công tác phổ cập giáo dục, xóa mù chữ năm 2025",
    opening=("Phòng Văn hóa - Xã hội báo cáo Ủy ban nhân dân xã như sau:",),
    body=(
        Section("part", "ĐẶC ĐIỂM TÌNH HÌNH", (para(10), para(29))),
        Section("part", "KẾT QUẢ PHỔ CẬP", (
            Section(_ROM, "Phổ cập giáo dục mầm non", (
                Section(_ARA, "Huy động trẻ ra lớp", (para(24), Box("Lưu ý: số trẻ đến ngày 30 tháng 9 năm 2025."))),
                Section(_ARA, "Chế độ cho trẻ", (para(1),)),
            )),
            Section(_ROM, "Xóa mù chữ", (para(13, "Mức hỗ trợ theo " + cited("Nghị quyết", "17/2024/NQ-HĐND",
                    "10/12/2024", "Hội đồng nhân dân tỉnh Ví Dụ") + "."),)),
        )),
        Section("part", "PHƯƠNG HƯỚNG NĂM 2026", (*points("arabic", 3, 4),)),
    ),
    recipients=("Ủy ban nhân dân xã", "Lưu: VHXH"),
    office="TRƯỞNG PHÒNG",
    signer_title="Trưởng phòng",
    signer="Dương Văn Mẫu",
    layout=Layout(seed=17),
)  # fmt: skip

DOCUMENTS = (
    COMMUNE_PLAN, WARD_NOTICE, COMMUNE_LETTER, DISTRICT_PLAN, DISTRICT_LETTER, DISTRICT_DECISION, COMMUNE_REPORT,
)  # fmt: skip
